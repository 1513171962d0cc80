import { choice } from '../check.js';
import { wordsOf } from './words.js';

/** Four 32-bit words, least significant first. */
export type Words4 = [number, number, number, number];

export const MULTIPLIER_0 = 0xd2511f53;
export const MULTIPLIER_2 = 0xcd9e8d57;
export const WEYL_0 = 0x9e3779b9;
export const WEYL_1 = 0xbb67ae85;

/** The upper 32 bits of the 64-bit product of two 32-bit words. */
export function multiplyHigh(a: number, b: number): number {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  const left = al * bh + ((al * bl) >>> 16);
  const middle = ah * bl + (left & 0xffff);
  return ah * bh + (left >>> 16) + (middle >>> 16);
}

/**
 * Philox4x32: four random words from a counter and a key.
 *
 * Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
 * DOI 10.1145/2063384.2063405.
 *
 * @param counter four 32-bit words, least significant first
 * @param key two 32-bit words, least significant first
 * @param rounds 10, or 7 for speed
 * @throws {TypeError | RangeError} when one is none of these
 */
export function philox4x32(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
  rounds: 7 | 10 = 10,
): Words4 {
  const call = 'philox4x32';
  return philoxBlock(
    wordsOf(call, 'counter', counter, 4) as Words4,
    wordsOf(call, 'key', key, 2) as [number, number],
    choice(call, 'rounds', rounds, [10, 7]),
  );
}

/** As `philox4x32`, of what is known to be words. */
export function philoxBlock(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
  rounds: 7 | 10,
): Words4 {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < rounds; round++) {
    const high0 = multiplyHigh(c0, MULTIPLIER_0);
    const low0 = Math.imul(c0, MULTIPLIER_0);
    const high2 = multiplyHigh(c2, MULTIPLIER_2);
    const low2 = Math.imul(c2, MULTIPLIER_2);
    c0 = (high2 ^ c1 ^ k0) >>> 0;
    c1 = low2 >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c3 = low0 >>> 0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}
