/** The CPU twin of shaders/lib/root.wgsl. */
import { bitsOf, ofBits } from './float.js';

const { fround: round } = Math;

/** 1 / √v in f32, for 2^-100 ≤ v < ∞. */
export function rootInverse(v: number): number {
  const guess = ofBits(0x5f3759df - (bitsOf(v) >>> 1));
  return step(v, step(v, guess));
}

function step(v: number, guess: number): number {
  const rest = round(1 - round(round(v * guess) * guess));
  const share = round(rest * round(0.5 + round(0.375 * rest)));
  return round(guess + round(guess * share));
}
