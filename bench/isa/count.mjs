// Counts the instructions of a kernel's machine code: for each lane's work, how often a vector unit issues.

/**
 * Classes of instructions, the first that fits, and what one costs in issue cycles of full-rate 32-bit
 * instructions. The rates are those that ACO itself reckons with for GFX10 and later (get_perf_info in
 * Mesa's src/amd/compiler/aco_statistics.cpp: valu32, valu_convert32 and valu_fma 1, valu64 2,
 * valu_quarter_rate32 and valu_transcendental32 4). A pair of dual-issued instructions is printed as one
 * and counts as one. Scalar instructions, memory and waiting run beside the vector unit: they are counted,
 * and cost 0.
 */
const CLASSES = [
  ['transcendental', 4, /^v_(exp|log|rcp|rcp_iflag|rsq|sqrt|sin|cos)_f(16|32)/],
  ['multiply, 32 bits', 4, /^v_(mul_lo|mul_hi)_[iu]32(?!_)|^v_mad_[iu]64/],
  ['64 bits', 2, /^v_\w*[fiub]64/],
  ['multiply, 24 bits', 1, /^v_m(ul|ad)_[iu]\w*24|^v_mad_u32_u16/],
  [
    'f32 multiply, add',
    1,
    /^v_(dual_)?(mul|add|sub|subrev|fma|fmac|fmaak|fmamk|mad|max|min|med3)_(legacy_)?f32/,
  ],
  ['conversion', 1, /^v_cvt_/],
  ['compare, select', 1, /^v_(dual_)?cmp|^v_(dual_)?cndmask/],
  ['other vector', 1, /^v_/],
  ['scalar', 0, /^s_/],
  ['memory', 0, /^(buffer|tbuffer|global|flat|scratch|image|ds)_/],
];

/**
 * The instructions of one kernel as `{ name, operands }`, in the order in which they lie in memory, without
 * those that the usual invocation does not run. Usual is the `then` side of `if`s with an `else`: shaders/
 * has that for quads that lie within the piece as a whole.
 */
export function instructions(text) {
  const [, listing] = text.split(/^disasm:$/m);
  if (!listing) throw new Error('isa: the driver must print machine code, got none');
  const found = [];
  let skipTo;
  let otherSide = false;
  for (const line of listing.split('\n')) {
    const label = /^(BB\d+):/.exec(line)?.[1];
    if (label && label === skipTo) skipTo = undefined;
    const again = /^\s*\(then repeated (\d+) times\)/.exec(line);
    if (again && !skipTo) for (let i = 0; i < Number(again[1]); i++) found.push(found.at(-1));
    const [, name, rest] = /^\t([a-z]\w+)\s*([^;]*)/.exec(line) ?? [];
    if (!name || skipTo) continue;
    const operands = rest.trim();
    found.push({ name, operands });
    // What follows here runs for the lanes that the `then` side did not.
    if (/^s_and(n2|_not1)_b(32|64)$/.test(name) && operands.startsWith('exec')) otherSide = true;
    else if (otherSide && name === 's_cbranch_execz') {
      skipTo = operands;
      otherSide = false;
    }
  }
  return found;
}

/** What a list of instructions costs, and how many there are of each class. */
export function count(list) {
  const classes = Object.fromEntries(CLASSES.map(([name]) => [name, 0]));
  let cycles = 0;
  for (const { name } of list) {
    const found = CLASSES.find(([, , pattern]) => pattern.test(name));
    if (!found) throw new Error(`isa: each instruction must have a class, got ${name}`);
    const [kind, weight] = found;
    classes[kind]++;
    cycles += weight;
  }
  return { cycles, classes };
}

/** Registers and occupancy, as the driver prints them. */
export function figures(text) {
  const number = (name) => Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(text)?.[1]);
  return {
    vgprs: number('VGPRs'),
    spilled: number('Spilled VGPRs') + number('Spilled SGPRs'),
    waves: number('Subgroups per SIMD'),
    bytes: number('Code size'),
  };
}
