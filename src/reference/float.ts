/** The CPU twin of shaders/lib/float.wgsl: sums and comparisons of f32 with every case stated. */
import { checkNumbers } from './words.js';

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** The bits of an f32. */
export function bitsOf(x: number): number {
  float[0] = x;
  return word[0]!;
}

/** The f32 of some bits; only the lower 32 of the number count. */
export function ofBits(bits: number): number {
  word[0] = bits;
  return float[0]!;
}

/** x + t in f32. A NaN or infinite x stays as it is; a t below 2^-100 in magnitude adds nothing. */
export function floatAdd(x: number, t: number): number {
  if (typeof x !== 'number' || typeof t !== 'number') checkNumbers('floatAdd', x, t);
  if (!Number.isFinite(x) || Math.abs(t) < 2 ** -100) return x;
  return Math.fround(x + t);
}

/**
 * x · factor in f32. A NaN x stays as it is, an infinite x takes the factor's sign; a product below
 * 2^-100 in magnitude is 0, and so is that of a subnormal x or factor.
 */
export function floatMultiply(x: number, factor: number): number {
  if (!Number.isFinite(x)) return factor < 0 || Object.is(factor, -0) ? -x : x;
  if (Math.min(Math.abs(x), Math.abs(factor)) < 2 ** -126) return 0;
  return floatFlush(Math.fround(x * factor));
}

/** mean + std·z in f32, for z without special cases. */
export function floatScaled(z: number, mean: number, std: number): number {
  return Math.fround(Math.fround(std * z) + mean);
}

/** x, or 0 where it is below 2^-100 in magnitude. */
export function floatFlush(x: number): number {
  return Math.abs(x) < 2 ** -100 ? 0 : x;
}

/** The place of x in the order −∞ < … < −0 < +0 < … < +∞, as a signed integer. */
function floatOrder(x: number): number {
  const order = bitsOf(x) | 0;
  return order ^ ((order >> 31) & 0x7fffffff);
}

/** min(max(x, low), high), where −0 < +0, so that high < low leaves high; NaN stays NaN. */
export function floatClamp(x: number, low: number, high: number): number {
  if (typeof x !== 'number' || typeof low !== 'number' || typeof high !== 'number') {
    checkNumbers('floatClamp', x, low, high);
  }
  if (Number.isNaN(x)) return x;
  const raised = floatOrder(x) < floatOrder(low) ? low : x;
  return floatOrder(raised) > floatOrder(high) ? high : raised;
}

/** The largest f32 below x. */
export function floatBelow(x: number): number {
  const order = floatOrder(x) - 1;
  return ofBits(order ^ ((order >> 31) & 0x7fffffff));
}
