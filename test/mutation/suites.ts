/** The tests that have to notice a change of a file, the quickest first. */
export interface Suite {
  readonly files: RegExp;
  readonly tests: readonly string[];
  /** Of these, only those with such names. */
  readonly named?: string;
}

/** The first that fits counts. */
export const suites: readonly Suite[] = [
  { files: /reference\/philox/, tests: ['reference/philox', 'reference/verify'] },
  { files: /reference\/normal/, tests: ['reference/verify', 'reference/normal'] },
  {
    files: /reference\/(fixed|reduce)/,
    tests: ['reference/measure', 'reference/statistic', 'reference/clipNorm'],
  },
  {
    files: /reference\/(statistic|list|snapshot)/,
    tests: ['reference/statistic', 'reference/clipNorm', 'reference/tensors'],
  },
  { files: /reference\/(format|rounding)/, tests: ['reference/engine', 'reference/format'] },
  {
    files: /reference\/(apply|engine|arrays)/,
    tests: ['reference/engine', 'reference/tensors', 'reference/verify', 'gpu/draws'],
  },
  { files: /reference\/float/, tests: ['reference/float', 'reference/engine', 'reference/verify'] },
  {
    files: /reference\//,
    tests: ['reference/verify', 'reference/inversion', 'reference/functions'],
  },
  { files: /lib\/(philox|draw\.)/, tests: ['gpu/philox', 'gpu/draws'] },
  { files: /lib\/normal\/exact/, tests: ['gpu/normal'], named: 'edge words, with xor' },
  { files: /lib\/(half|packed)|format\//, tests: ['gpu/format', 'gpu/chain'] },
  {
    files: /lib\/(reduce|fixed|key|wide)|^shaders\/reduce/,
    tests: ['gpu/measure', 'gpu/statistic'],
  },
  {
    files: /lib\/(scattered|indices|apply|mixed)/,
    tests: ['gpu/draws', 'gpu/channels', 'gpu/parameter'],
  },
  { files: /^shaders\/texture|kernel\/rgb/, tests: ['gpu/texture', 'gpu/textureRun'] },
  {
    files: /^shaders\//,
    tests: ['gpu/verify', 'gpu/chain'],
    named: 'with xor|chain|fused|pieces',
  },
];
