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
  let left = 1;
  for (const edge of ends) {
    const beyond = exact.beyond(edge);
    if ((left - beyond) * count < 15 || beyond * count < 15) continue;
    edges.push(edge);
    left = beyond;
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
  const bins = new Uint32Array(edges.length + 1);
  const ends = Float64Array.of(...edges, Infinity);
  // A grid over the edges says where to start: at the first edge that is not below the cell.
  const first = edges[0]!;
  const cells = 4096 / (edges.at(-1)! - first || 1);
  const starts = new Uint16Array(4097);
  for (const edge of edges) {
    for (let cell = Math.floor((edge - first) * cells) + 1; cell < starts.length; cell++) {
      starts[cell]! += 1;
    }
  }
  for (const x of samples) {
    let bin = starts[Math.min(4096, Math.max(0, Math.floor((x - first) * cells)))]!;
    while (x > ends[bin]!) bin += 1;
    bins[bin]! += 1;
  }
  return bins;
}
