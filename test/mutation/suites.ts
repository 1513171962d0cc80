/** Tests that may notice a change of some files, in the order in which they are measured. */
interface Suite {
  readonly files: RegExp;
  readonly tests: readonly string[];
}

/** Of all shaders; those in which a file is not linked are not run for it. */
const gpu = [
  'table/dawn',
  'gpu/bits',
  'gpu/philox',
  'gpu/format',
  'gpu/normal',
  'gpu/measure',
  'gpu/statistic',
  'gpu/texture',
  'gpu/textureRun',
  'gpu/draws',
  'gpu/channels',
  'gpu/parameter',
  'gpu/chain',
  'gpu/tensors',
  'gpu/shaders',
];

const reference = (files: RegExp, ...tests: string[]): Suite => ({
  files,
  tests: ['table/reference', ...tests.map((name) => `reference/${name}`)],
});

/** The first that fits counts. */
export const suites: readonly Suite[] = [
  { files: /lib\/reduce|^shaders\/reduce/, tests: ['gpu/measure', ...gpu] },
  { files: /^shaders\/texture|kernel\/rgb/, tests: ['gpu/texture', ...gpu] },
  { files: /^shaders\//, tests: gpu },
  reference(/reference\/philox/, 'philox', 'engine'),
  reference(/reference\/normal/, 'bits', 'normal'),
  reference(/reference\/(format|rounding)/, 'engine', 'format'),
  reference(/reference\/(fixed|reduce|statistic)/, 'clipNorm', 'measure', 'statistic'),
  reference(/reference\/float/, 'float', 'bits', 'measure', 'clipNorm'),
  reference(
    /reference\/(apply|arrays|engine|list|mixed|snapshot|words)/,
    'engine',
    'tensors',
    'clipNorm',
  ),
  reference(/^src\/reference\//, 'bits', 'inversion'),
];
