import type { Distribution } from './distributions.js';
import { chiSquareTail } from './gamma.js';

/** How samples agree with a distribution. */
export interface Fit {
  /** Errors of the sample's mean and variance, in their standard errors. */
  readonly mean: number;
  readonly variance: number;
  /** Pearson's chi-square test: how likely the samples, or worse ones, are. */
  readonly p: number;
}

/** Compares samples with a distribution: its moments, and bins in the middle and in both tails. */
export function fit(samples: Float32Array, exact: Distribution): Fit {
  const count = samples.length;
  let sum = 0;
  let squares = 0;
  for (const x of samples) {
    const off = x - exact.mean;
    sum += off;
    squares += off ** 2;
  }
  const edges = binEdges(exact, count);
  const bins = countBins(samples, edges);
  let chiSquare = 0;
  for (const [i, found] of bins.entries()) {
    const above = i < edges.length ? exact.beyond(edges[i]!) : 0;
    const expected = count * ((i > 0 ? exact.beyond(edges[i - 1]!) : 1) - above);
    chiSquare += (found - expected) ** 2 / expected;
  }
  // About the exact mean, the mean square's standard error is √((fourth − variance²) / n).
  return {
    mean: sum / count / Math.sqrt(exact.variance / count),
    variance:
      (squares / count - exact.variance) / Math.sqrt((exact.fourth - exact.variance ** 2) / count),
    p: chiSquareTail(chiSquare, bins.length - 1),
  };
}

/**
 * Where bins end: at the 256 quantiles, and in the tails at every power of two that leaves 16 samples
 * beyond. Values that come more often than a bin's share end one bin for several quantiles.
 */
function binEdges(exact: Distribution, count: number): number[] {
  const shares = Array.from({ length: 255 }, (_, i) => (i + 1) / 256);
  for (let tail = 2 ** -9; tail * count >= 16; tail /= 2) shares.push(tail, 1 - tail);
  const ends = shares.map((share) => quantile(exact, share)).sort((a, b) => a - b);
  const edges: number[] = [];
  for (const edge of ends) {
    const expected = (exact.beyond(edges.at(-1) ?? -Infinity) - exact.beyond(edge)) * count;
    if (expected >= 15 && exact.beyond(edge) * count >= 15) edges.push(edge);
  }
  return edges;
}

/** The smallest x, but for 2^-80 of the width searched, with P(X > x) ≤ 1 − share. */
function quantile({ beyond, mean, variance }: Distribution, share: number): number {
  const reach = 40 * Math.sqrt(variance);
  let [low, high] = [mean - reach, mean + reach];
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (beyond(middle) <= 1 - share) high = middle;
    else low = middle;
  }
  return high;
}

/** How many samples lie in (−∞, e0], (e0, e1], …, (en, ∞). */
function countBins(samples: Float32Array, edges: readonly number[]): Uint32Array {
  const ends = Float64Array.from(edges);
  const bins = new Uint32Array(ends.length + 1);
  for (const x of samples) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (x <= ends[middle]!) high = middle;
      else low = middle + 1;
    }
    bins[low]! += 1;
  }
  return bins;
}
