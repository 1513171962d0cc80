import { bitsOf, ofBits } from './float.js';

/** The CPU twin of shaders/lib/key.wgsl and shaders/lib/fixed.wgsl. */

/** A word for a number of f32: rising from −∞ over −0 and +0 to +∞, never 0 nor 2^32 − 1. */
export function keyOf(x: number): number {
  const bits = bitsOf(x);
  return (bits ^ (bits >= 0x80000000 ? 0xffffffff : 0x80000000)) >>> 0;
}

/** The number that has this key. */
export function ofKey(key: number): number {
  return ofBits(key ^ (key >= 0x80000000 ? 0x80000000 : 0xffffffff));
}

/** The biased exponent of a number of f32, at least 1: 255 for infinity and NaN. */
export function exponentOf(x: number): number {
  return Math.max((bitsOf(x) >>> 23) & 255, 1);
}

/** A finite x as a multiple of 2^(scale − 189), cut off towards 0. Magnitudes are below 2^63. */
export function fixedOf(x: number, scale: number): bigint {
  // 24 bits of a float64, however far they are shifted.
  return BigInt(Math.trunc(x * 2 ** (189 - scale)));
}

/** Where a group's elements lie: from `lowest` on, scaled up by 2^up, in 64 bits. */
export interface Frame {
  readonly scale: number;
  readonly lowest: bigint;
  readonly up: number;
}

/** The frame of finite numbers from `low` to `high`. */
export function frameOf(low: number, high: number): Frame {
  const scale = Math.max(exponentOf(low), exponentOf(high));
  const lowest = fixedOf(low, scale);
  const range = fixedOf(high, scale) - lowest;
  const zeros = 64 - (range === 0n ? 0 : range.toString(2).length);
  return { scale, lowest, up: Math.min(zeros, 63) };
}
