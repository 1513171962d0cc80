/** The CPU twin of shaders/lib/exponential.wgsl. */
import { LN2_HIGH, LN2_LOW } from './logarithm.js';
import { polynomial } from './polynomial.js';

const { fround: round } = Math;

const LOG2_E = 0x1715476 * 2 ** -24;
const H = [
  0.5,
  -0x15554b2 * 2 ** -27,
  0x15554c8 * 2 ** -29,
  -0x112266e * 2 ** -31,
  0x16d721e * 2 ** -34,
];

/** e^-x in f32 and the rest 1 − e^-x, for 0 ≤ x < 1000. */
export function exponential(x: number): { power: number; rest: number } {
  const n = Math.floor(round(round(x * LOG2_E) + 0.5));
  const y = round(round(x - n * LN2_HIGH) - round(n * LN2_LOW));
  const small = round(round(round(y * y) * polynomial(y, H)) - y);
  const power = n > 100 ? 0 : round(1 + small) * 2 ** -n;
  return { power, rest: n === 0 ? -small : round(1 - power) };
}
