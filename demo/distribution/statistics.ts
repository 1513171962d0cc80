import jStat from 'jstat';
import type { Measurement } from 'webgpu-noise';

/** A normal distribution. */
export interface Normal {
  readonly mean: number;
  readonly std: number;
}

/** Its density at x. */
export function density(x: number, { mean, std }: Normal): number {
  return Math.exp(-((x - mean) ** 2) / (2 * std ** 2)) / (std * Math.sqrt(2 * Math.PI));
}

/** The share of it between two points, from the tail that they are in: nothing cancels there. */
export function share(from: number, to: number, { mean, std }: Normal): number {
  const [a, b] = [(from - mean) / std, (to - mean) / std];
  const below = (z: number) => jStat.normal.cdf(z, 0, 1);
  return a > 0 ? below(-a) - below(-b) : below(b) - below(a);
}

/** What is known of all samples so far. */
export interface Tally {
  readonly count: number;
  readonly mean: number;
  /** Sums of the second, third and fourth powers of x − mean. */
  readonly sums: readonly [number, number, number];
  readonly min: number;
  readonly max: number;
  /** Samples below the first edge, in the bins, and above the last edge. */
  readonly bins: Float64Array;
  readonly edges: Float32Array;
}

/** The tally of one measurement. */
export function tallyOf(measured: Measurement<number>): Tally {
  const { count, mean, variance, std, skewness, kurtosis, min, max, histogram } = measured;
  const { edges, counts, below, above } = histogram!;
  return {
    count,
    mean,
    sums: [count * variance, count * skewness * std ** 3, count * (kurtosis + 3) * variance ** 2],
    min,
    max,
    bins: Float64Array.of(below, ...counts, above),
    edges,
  };
}

/** Two tallies with the same edges together: Pébay 2008, https://doi.org/10.2172/1028931. */
export function together(a: Tally, b: Tally): Tally {
  const n = a.count + b.count;
  const delta = b.mean - a.mean;
  const [a2, a3, a4] = a.sums;
  const [b2, b3, b4] = b.sums;
  const product = a.count * b.count;
  const second = a2 + b2 + (delta ** 2 * product) / n;
  const third =
    a3 +
    b3 +
    (delta ** 3 * product * (a.count - b.count)) / n ** 2 +
    (3 * delta * (a.count * b2 - b.count * a2)) / n;
  const fourth =
    a4 +
    b4 +
    (delta ** 4 * product * (a.count ** 2 - product + b.count ** 2)) / n ** 3 +
    (6 * delta ** 2 * (a.count ** 2 * b2 + b.count ** 2 * a2)) / n ** 2 +
    (4 * delta * (a.count * b3 - b.count * a3)) / n;
  return {
    count: n,
    mean: a.mean + (delta * b.count) / n,
    sums: [second, third, fourth],
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    bins: a.bins.map((found, i) => found + b.bins[i]!),
    edges: a.edges,
  };
}

/** Standard deviation, skewness and excess kurtosis. */
export function shapeOf({ count, sums: [second, third, fourth] }: Tally) {
  const variance = second / count;
  return {
    std: Math.sqrt(variance),
    skewness: third / count / variance ** 1.5,
    kurtosis: fourth / count / variance ** 2 - 3,
  };
}

/** Bins with fewer expected samples are taken together: the test's distribution holds from about 5 on. */
const FEWEST = 5;

/** Pearson's chi-square test: how likely such bins, or worse ones, are if the samples are normal. */
export function chiSquareP({ count, bins, edges }: Tally, normal: Normal): number {
  const ends = [-Infinity, ...edges, Infinity];
  let chiSquare = 0;
  let groups = 0;
  let [found, expected, left] = [0, 0, count];
  for (const [i, samples] of bins.entries()) {
    found += samples;
    expected += count * share(ends[i]!, ends[i + 1]!, normal);
    // The last group takes all that is left, so it must not be left with too few.
    const isLast = i === bins.length - 1;
    if (!isLast && (expected < FEWEST || left - expected < FEWEST)) continue;
    chiSquare += (found - expected) ** 2 / expected;
    groups++;
    left -= expected;
    [found, expected] = [0, 0];
  }
  return 1 - jStat.chisquare.cdf(chiSquare, groups - 1);
}

/** Kolmogorov and Smirnov's test of some samples, which are sorted in place. */
export function kolmogorovSmirnovP(samples: Float32Array, { mean, std }: Normal): number {
  const n = samples.length;
  let distance = 0;
  for (const [i, x] of samples.sort().entries()) {
    const exact = jStat.normal.cdf((x - mean) / std, 0, 1);
    distance = Math.max(distance, exact - i / n, (i + 1) / n - exact);
  }
  return kolmogorovSmirnovTail(distance, n);
}

/**
 * How likely n samples are at least that far from their distribution function: Kolmogorov's series, with
 * corrections for finite n that leave errors below 0.03 / n.
 */
export function kolmogorovSmirnovTail(distance: number, n: number): number {
  const root = Math.sqrt(n);
  const scaled = root * distance + 1 / (6 * root) + (root * distance - 1) / (4 * n);
  // Below 0.2 the series would take many terms to come to what is 1 in twelve digits.
  if (scaled < 0.2) return 1;
  let p = 0;
  for (let j = 1; j <= 100; j++) p += 2 * (-1) ** (j - 1) * Math.exp(-2 * (j * scaled) ** 2);
  return Math.min(1, Math.max(0, p));
}
