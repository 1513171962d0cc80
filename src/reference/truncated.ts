/** The CPU twin of shaders/lib/truncated.wgsl. */
import { exponential } from './exponential.js';
import { floatClamp } from './float.js';
import { logarithm } from './logarithm.js';
import { tailLogarithm, tailQuantile } from './tail.js';
import { unitOpen } from './unit.js';

const { fround: round } = Math;

/** A standard normal of a word, given that it lies in [low, high]; low ≤ 12, high ≥ −12. */
export function truncatedBetween(word: number, low: number, high: number): number {
  const sLow = tailLogarithm(low);
  const sHigh = tailLogarithm(high);
  const aroundZero = low < 0 && high > 0;
  const near = aroundZero ? 0 : Math.min(sLow, sHigh);

  const left = exponential(round(sLow - near));
  const right = exponential(round(sHigh - near));
  const inside = round(left.rest + (aroundZero ? -right.power : right.rest));

  const below = round(unitOpen(word) * inside);
  const above = round(unitOpen(~word) * inside);
  const leftTail = round(left.power + below);
  const rightTail = round(right.power + above);
  const isLeft = aroundZero ? leftTail < rightTail : high <= 0;
  const s = isLeft ? logarithm(leftTail, above) : logarithm(rightTail, below);
  const z = tailQuantile(round(near + s));
  return floatClamp(isLeft ? -z : z, low, high);
}
