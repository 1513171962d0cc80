// Products that the compiler has fused with a sum: they round once where exact math rounds twice. Where the
// product is exact there is nothing to round the first time, and both ways give the same bits. shaders/ lets
// products feed a sum without a barrier only where one factor is a power of two:
//
// - lib/normal/exact: the two parts of 2u, by 2^-31; the angle, by 2^-24; the radius's step2, by 2^15
// - lib/unit: the two parts of a word, by 2^-32 and 2^-33
// - format/unorm8: byte / 2^8
//
// and in lib/exponential and lib/logarithm: n * 0x1.62e4p-1, where the constant has 15 bits and n is a whole
// number up to 100, of 7 bits (beyond that lib/exponential does not use the result).
// So a fused instruction is right if one of its factors is such a constant.

const FUSED =
  /^v_(dual_|pk_)?(fma|fmac|fmaak|fmamk|mad|mac|madak|madmk)(_legacy)?_(f32|mix_f32|mixlo_f16|mixhi_f16|f16)/;

/** 0x1.62e4p-1. */
const PART_OF_LN_2 = 0x3f317200;

const INLINE = { 0.5: 0x3f000000, '1.0': 0x3f800000, '2.0': 0x40000000, '4.0': 0x40800000 };

/** The bits of a constant as it is printed, or undefined for a register. */
function bitsOf(operand) {
  const plain = operand.replace(/^-|^\||\|$/g, '');
  if (plain in INLINE) return INLINE[plain];
  if (/^0x[0-9a-f]+$/.test(plain)) return Number(plain);
  return undefined;
}

const isPowerOfTwo = (bits) => (bits & 0x7fffff) === 0 && (bits & 0x7f800000) !== 0;

const isExact = (bits) => bits !== undefined && (isPowerOfTwo(bits) || bits === PART_OF_LN_2);

/** The constant that a scalar instruction makes of its operands, or undefined. */
function evaluate(name, operands, known) {
  const [a, b] = operands.map((operand) => known(operand) ?? integerOf(operand));
  if (name === 's_mov_b32' || name === 's_movk_i32') return a;
  if (name === 's_brev_b32' && a !== undefined) return reversed(a);
  if (name === 's_bfm_b32' && a !== undefined) return (2 ** a - 1) * 2 ** b;
  // A constant behind a barrier: xor with a register, which holds 0.
  if (name === 's_xor_b32') return a === undefined || b === undefined ? (a ?? b) : undefined;
  return undefined;
}

/** A small whole number as it is printed. */
const integerOf = (operand) => (/^-?\d+$/.test(operand) ? Number(operand) : undefined);

const reversed = (bits) =>
  Number.parseInt([...(bits >>> 0).toString(2).padStart(32, '0')].reverse().join(''), 2);

/**
 * The fused instructions of a kernel whose product is not exact: none of its factors is a power of two.
 *
 * A factor is known where it is a constant in the instruction, or in a scalar register that was last set to
 * one: by a move and the like, or by xor with a register, which is how shaders/lib/barrier hides constants.
 * Instructions are read in the order in which they lie in memory; the compiler sets constants ahead of
 * their use in it.
 */
export function fusedProducts(list) {
  const constants = new Map();
  const known = (operand = '') => bitsOf(operand) ?? constants.get(operand.replace(/^-|[|]/g, ''));
  const wrong = [];
  for (const { name, operands } of list) {
    // Two that are issued together are printed as one, with :: between them.
    for (const instruction of `${name} ${operands}`.split(' :: ')) {
      const [, fused, text] = /^(\S+)\s+(.*)$/.exec(instruction) ?? [];
      // a * b + c, or a * b + d where d is the result: the factors come first, in fmamk, too.
      const [, a, b] = text?.split(/,\s*/) ?? [];
      if (FUSED.test(fused) && !isExact(known(a)) && !isExact(known(b))) wrong.push(instruction);
    }
    const [target = '', ...rest] = operands.split(/,\s*/);
    const bits = evaluate(name, rest, known);
    const [, low, high] = /^s\[(\d+):(\d+)\]$/.exec(target) ?? /^s(\d+)$/.exec(target) ?? [];
    for (let i = Number(low); i <= Number(high ?? low); i++) constants.delete(`s${i}`);
    if (bits !== undefined) constants.set(target, bits);
  }
  return wrong;
}
