import { MULTIPLIER_0, MULTIPLIER_2, multiplyHigh, WEYL_0, WEYL_1 } from './reference/philox.js';

/**
 * What the first two rounds of Philox make of the key and of all of the counter but its low word, which
 * alone differs from block to block. Two of the four products have no other input; the other two make, of
 * these words a to d,
 *
 * - p = low · D2511F53 and q = (high word of p ^ a) · CD9E8D57,
 * - the counter after two rounds: [high word of q ^ b, low word of q, low word of p ^ c, d].
 */
export function philoxAhead(
  [c1, c2, c3]: readonly [number, number, number],
  [k0, k1]: readonly [number, number],
): [a: number, b: number, c: number, d: number] {
  const first = multiplyHigh(c2, MULTIPLIER_2) ^ c1 ^ k0;
  const second = multiplyHigh(first >>> 0, MULTIPLIER_0);
  return [
    c3 ^ k1,
    Math.imul(c2, MULTIPLIER_2) ^ (k0 + WEYL_0),
    second ^ (k1 + WEYL_1),
    Math.imul(first, MULTIPLIER_0),
  ];
}
