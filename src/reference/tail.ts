/** The CPU twin of shaders/lib/tail.wgsl: s = −ln Q(z), Q the upper tail of the standard normal. */
import { polynomial } from './polynomial.js';
import { rootInverse } from './root.js';

const { fround: round } = Math;

const G_NEAR = [
  0x1c87ec6 * 2 ** -24,
  0x17e2c2e * 2 ** -26,
  -0x1d4178a * 2 ** -29,
  0x1442fe6 * 2 ** -31,
  -0x1ae414c * 2 ** -34,
  0x1faa878 * 2 ** -37,
  -0x1f0a414 * 2 ** -40,
  0x121bc58 * 2 ** -43,
  0x1463bfe * 2 ** -45,
  -0x1c61c98 * 2 ** -47,
];
const G_FAR = [
  0x1c81188 * 2 ** -23,
  0x121b34c * 2 ** -28,
  -0x140e810 * 2 ** -33,
  0x12f5b28 * 2 ** -37,
  0x16a3e9c * 2 ** -41,
  0x177adfc * 2 ** -42,
  0x1071cfa * 2 ** -44,
  0x1e7d3e8 * 2 ** -48,
  0x1e11f86 * 2 ** -52,
  0x1b530c8 * 2 ** -57,
];

/** s of |z| in f32; what lies beyond 14 counts as 14. */
export function tailLogarithm(z: number): number {
  const a = Math.min(Math.abs(z), 14);
  const g = a < 4 ? polynomial(round(a - 2), G_NEAR) : polynomial(round(a - 14), G_FAR);
  return round(round(0.5 * a * a) + g);
}

const ROOT = 0x1337cc2 * 2 ** -24; // 1 / √(ln 2)
const P_NEAR = [
  0,
  0x1bccadc * 2 ** -24,
  -0x11e5c94 * 2 ** -26,
  -0x12a56e0 * 2 ** -28,
  -0x1656138 * 2 ** -29,
  0x119adb4 * 2 ** -29,
  -0x15484ea * 2 ** -28,
  0x1138bc6 * 2 ** -28,
  -0x1db48ca * 2 ** -30,
];
const P_FAR = [
  0x16a296e * 2 ** -24,
  -0x1481d58 * 2 ** -29,
  -0x1596838 * 2 ** -23,
  0x1b45102 * 2 ** -22,
  -0x15404f8 * 2 ** -20,
  0x1aad0f0 * 2 ** -19,
  -0x16e64a2 * 2 ** -18,
  0x17647dc * 2 ** -18,
  -0x154d728 * 2 ** -19,
];

/** z ≥ 0 of s in f32, for ln 2 ≤ s ≤ 102. */
export function tailQuantile(s: number): number {
  const inverse = rootInverse(s);
  const near = s < 7.4375;
  const p = near ? polynomial(round(ROOT - inverse), P_NEAR) : polynomial(inverse, P_FAR);
  return round(round(s * inverse) * p);
}
