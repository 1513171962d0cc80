/** The CPU twin of shaders/lib/unit.wgsl: uniform numbers of random words. */
import { floatAdd, floatBelow, floatClamp } from './float.js';

const { fround } = Math;

/** A whole multiple of 2^-24 in [0, 1). */
export function unit(word: number): number {
  return (word >>> 8) * 2 ** -24;
}

/** (word + ½)·2^-32 in (0, 1], rounded to f32; of ~word, what is left of it up to 1. */
export function unitOpen(word: number): number {
  return fround(((word >>> 0) + 0.5) * 2 ** -32);
}

/** low + (high − low)·u in f32, at most the largest float below `high`. */
export function unitBetween(word: number, low: number, high: number): number {
  const y = floatAdd(low, fround(fround(high - low) * unit(word)));
  return floatClamp(y, low, floatBelow(high));
}
