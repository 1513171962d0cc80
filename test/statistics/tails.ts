import { normalTail } from '../gamma.js';

/** Standard deviations beyond which samples are counted. */
export const TAILS = [4, 5, 6] as const;

/** From here on, words are few enough for their number to show: 1159 radii, 2e-5 of the share. */
const FEW = 5.5;

/**
 * P(z ≥ limit) of the normals that Box and Muller's transform makes of 32-bit radius words w. One of the
 * 2^32 radii r(w) = √(−2 ln((w + ½)·2^-32)) gives r·sin t ≥ limit for the share arccos(limit / r) / π of
 * all angles t. At 6, which 65 words reach, that is 0.12 % less than Q(6).
 */
export function tailShare(limit: number): number {
  if (limit < FEW) return normalTail(limit);
  const words = Math.floor(2 ** 32 * Math.exp((-limit * limit) / 2) + 0.5);
  let sum = 0;
  for (let word = words - 1; word >= 0; word--) {
    const radius = Math.sqrt(-2 * Math.log((word + 0.5) * 2 ** -32));
    sum += Math.acos(Math.min(1, limit / radius));
  }
  return (sum / Math.PI) * 2 ** -32;
}
