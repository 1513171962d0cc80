/** The CPU twin of shaders/lib/logarithm.wgsl. */
import { bitsOf, ofBits } from './float.js';
import { polynomial } from './polynomial.js';

const { fround: round } = Math;

export const LN2_HIGH = 0x162e400 * 2 ** -25;
export const LN2_LOW = 0x17f7d1c * 2 ** -44;

const H = [
  0x1fffff8 * 2 ** -26,
  -0x155554e * 2 ** -26,
  0x1000434 * 2 ** -26,
  -0x199a526 * 2 ** -27,
  0x1542648 * 2 ** -27,
  -0x1225af2 * 2 ** -27,
  0x10f2826 * 2 ** -27,
  -0x108c9bc * 2 ** -27,
  0x139afc2 * 2 ** -28,
];

/** −ln t in f32, for 2^-100 ≤ t ≤ 1 and the rest 1 − t, which tells where t is near 1. */
export function logarithm(t: number, rest: number): number {
  const bits = bitsOf(t) - 0x3f3504f3;
  const exponent = bits >> 23;
  const m = ofBits((bits & 0x7fffff) + 0x3f3504f3);
  const f = exponent === 0 ? -rest : round(m - 1);
  const small = round(round(round(f * f) * polynomial(f, H)) - f);
  const n = -exponent;
  return round(n * LN2_HIGH + round(round(n * LN2_LOW) + small));
}
