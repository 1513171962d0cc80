import { normalTail } from '../gamma.js';

/** The z with Φ(z) = share, in float64. */
export function quantile(share: number): number {
  return share < 0.5 ? -upperQuantile(share) : upperQuantile(1 - share);
}

/** The z ≥ 0 with Q(z) = 1 − Φ(z) = tail ≤ 1/2, by Newton's method on ln Q, which is concave. */
export function upperQuantile(tail: number): number {
  let z = 0;
  for (let step = 0; step < 50; step++) {
    const beyond = normalTail(z);
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const change = (Math.log(beyond / tail) * beyond) / density;
    z += change;
    if (Math.abs(change) <= 1e-14 * z) break;
  }
  return z;
}
