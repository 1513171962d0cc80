import { type Groups, placeOf } from '../reduce/groups.js';
import { exponentOf, fixedOf } from './fixed.js';
import { bitsOf, floatMultiply, ofBits } from './float.js';

/**
 * The factor that brings numbers to an L2 norm of at most `limit`, twin of shaders/reduce/squares.wgsl and
 * shaders/lib/reduce/norm.wgsl: min(1, limit / norm), cut off after 24 bits; 1 where there is NaN or
 * infinity; 0 below 2^-126.
 */
export function normFactor(numbers: Float32Array, limit: number): number {
  const scale = numbers.reduce((most, x) => Math.max(most, exponentOf(x)), 1);
  if (scale === 255) return 1;
  let sum = 0n;
  for (const x of numbers) {
    const m = (fixedOf(Math.abs(x), scale) + 2n ** 31n) >> 32n;
    sum += m * m;
  }
  return sum === 0n ? 1 : factorOf(sum, scale, limit);
}

/** Of a sum of squares in units of 2^(2 (scale − 157)). */
function factorOf(sum: bigint, scale: number, limit: number): number {
  let s = sum;
  let halvings = 0;
  for (; s >= 2n ** 64n; s >>= 2n) halvings++;
  for (; s < 2n ** 62n; s <<= 2n) halvings--;
  const mantissa = BigInt((bitsOf(limit) & 0x7fffff) | 0x800000);
  let f = 0n;
  for (let bit = 2n ** 24n; bit > 0n; bit >>= 1n) {
    if ((f | bit) ** 2n * s <= (mantissa ** 2n) << 64n) f |= bit;
  }
  let exponent = exponentOf(limit) - scale - halvings + 125;
  if (f >= 2n ** 24n) {
    f >>= 1n;
    exponent++;
  }
  if (exponent >= 127) return 1;
  return exponent > 0 ? ofBits((exponent << 23) | (Number(f) & 0x7fffff)) : 0;
}

/** Brings each group of numbers to a norm of at most `limit`, in place. */
export function clipNorms(numbers: Float32Array, groups: Groups, limit: number): void {
  for (let group = 0; group < groups.count; group++) {
    const origin = placeOf(group, groups.kept);
    const places = Array.from(
      { length: groups.size },
      (_, i) => origin + placeOf(i, groups.reduced),
    );
    const factor = normFactor(
      Float32Array.from(places, (place) => numbers[place]!),
      limit,
    );
    if (factor === 1) continue;
    for (const place of places) numbers[place] = floatMultiply(numbers[place]!, factor);
  }
}
