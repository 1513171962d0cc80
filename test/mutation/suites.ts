/** The tests that have to notice a change of a file, the quickest first. */
export interface Suite {
  readonly files: RegExp;
  readonly tests: readonly string[];
  /** Of these, only those with such names. */
  readonly named?: string;
}

/** The first that fits counts. */
export const suites: readonly Suite[] = [
  {
    files: /reference\/philox/,
    tests: ['reference/philox', 'gpu/verify'],
    named: 'philox|hash of',
  },
  {
    files: /reference\/normal/,
    tests: ['reference/normal', 'gpu/verify'],
    named: 'normal|hash of',
  },
  { files: /reference\/format/, tests: ['reference/format', 'reference/engine'] },
  {
    files: /reference\/(fixed|reduce)/,
    tests: ['reference/measure', 'reference/statistic', 'reference/clipNorm'],
  },
  {
    files: /reference\/(statistic|list|snapshot)/,
    tests: ['reference/statistic', 'reference/clipNorm', 'reference/tensors'],
  },
  {
    files: /reference\/(apply|engine|arrays|rounding)/,
    tests: ['reference/engine', 'reference/tensors', 'reference/format', 'gpu/draws', 'gpu/format'],
  },
  { files: /reference\/float/, tests: ['reference/float', 'reference/engine', 'gpu/chain'] },
  {
    files: /reference\//,
    tests: ['reference/functions', 'reference/inversion', 'gpu/verify'],
    named: 'hash of|within|quantile|rises|interval|poisson',
  },
  { files: /lib\/philox|lib\/draw\./, tests: ['gpu/philox', 'gpu/draws'] },
  { files: /lib\/normal\/exact/, tests: ['gpu/normal'], named: 'edge words, with xor' },
  { files: /lib\/(half|packed)|format\//, tests: ['gpu/format', 'gpu/chain'] },
  { files: /lib\/(reduce|fixed|key)|^shaders\/reduce/, tests: ['gpu/measure', 'gpu/statistic'] },
  { files: /lib\/wide/, tests: ['gpu/measure', 'gpu/statistic'] },
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
