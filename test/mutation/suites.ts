/** Tests that may notice a change of some files, in the order in which they are measured. */
interface Suite {
  readonly files: RegExp;
  readonly tests: readonly string[];
}

/** Of all shaders; those in which a file is not linked are not run for it. */
const gpu = [
  'table/dawn',
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

const reference = [
  'table/reference',
  'reference/philox',
  'reference/float',
  'reference/engine',
  'reference/tensors',
  'reference/clipNorm',
  'reference/measure',
  'reference/statistic',
  'reference/normal',
  'reference/inversion',
  'reference/format',
  'reference/functions',
  'reference/verify',
];

/** The first that fits counts. */
export const suites: readonly Suite[] = [
  { files: /lib\/reduce|^shaders\/reduce/, tests: ['gpu/measure', ...gpu] },
  { files: /^shaders\/texture|kernel\/rgb/, tests: ['gpu/texture', ...gpu] },
  { files: /^shaders\//, tests: gpu },
  { files: /^src\/reference\//, tests: reference },
];
