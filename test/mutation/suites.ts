/** Tests that may notice a change of some files, in the order in which they are measured. */
interface Suite {
  readonly files: RegExp;
  readonly tests: readonly string[];
}

/** The first that fits counts. Of tests on a GPU only those count whose kernels hold the file. */
export const suites: readonly Suite[] = [
  suite(/lib\/normal/, 'gpu/bits', 'gpu/normal'),
  suite(/lib\/(philox|draw\.)/, 'gpu/philox', 'table/dawn'),
  suite(
    /^shaders\/texture|source\/texture|target\/registers|kernel\/rgb/,
    'gpu/texture',
    'gpu/textureRun',
  ),
  suite(/lib\/target/, 'gpu/quads', 'gpu/textureRun', 'table/dawn'),
  suite(/lib\/packed/, 'gpu/quads', 'gpu/chain', 'gpu/format'),
  suite(/lib\/half|^shaders\/format/, 'gpu/format', 'table/dawn', 'gpu/chain', 'gpu/tensors'),
  suite(
    /lib\/(reduce|fixed|key|wide)|^shaders\/reduce|kernel\/(finish|reduce)/,
    'gpu/integers',
    'gpu/measure',
    'gpu/statistic',
    'table/dawn',
  ),
  suite(/lib\/(scattered|indices|apply|mixed)/, 'gpu/draws', 'gpu/channels', 'gpu/parameter'),
  suite(
    /^shaders\/(kernel|lib\/(source|params))/,
    'table/dawn',
    'gpu/quads',
    'gpu/chain',
    'gpu/tensors',
  ),
  suite(
    /lib\/(exponential|logarithm|tail|poisson)/,
    'constants',
    'gpu/bits',
    'table/dawn',
    'gpu/chain',
    'gpu/draws',
  ),
  suite(/^shaders\//, 'gpu/bits', 'table/dawn', 'gpu/chain', 'gpu/draws'),

  reference(/philox/, 'philox', 'engine'),
  reference(/normal/, 'bits', 'normal', 'engine'),
  reference(/format|rounding/, 'engine', 'format'),
  reference(/fixed|reduce|statistic/, 'fixed', 'clipNorm', 'measure', 'statistic'),
  reference(/float/, 'float', 'bits', 'measure', 'clipNorm'),
  reference(/words/, 'float', 'engine'),
  reference(/apply|arrays|engine|list|mixed|snapshot/, 'engine', 'tensors', 'clipNorm'),
  reference(/./, 'bits', 'inversion'),
];

function suite(files: RegExp, ...tests: string[]): Suite {
  return { files, tests };
}

function reference(name: RegExp, ...tests: string[]): Suite {
  const files = new RegExp(`^src/reference/(${name.source})`);
  return suite(files, 'table/reference', ...tests.map((test) => `reference/${test}`));
}
