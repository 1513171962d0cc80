/** How a series moves on. */
export interface Trend {
  /** Mann and Kendall's statistic as a standard normal: a series without a trend stays within ±3.3 but once in 1000. */
  readonly z: number;
  /** The median of the slopes of all pairs, from one value to the next. */
  readonly slope: number;
}

/**
 * Tests a series for a trend, whatever the distribution of its noise.
 *
 * Mann, "Nonparametric tests against trend", 1945, DOI 10.2307/1907187, with Kendall's correction for ties;
 * slope of Sen, "Estimates of the regression coefficient based on Kendall's tau", 1968,
 * DOI 10.1080/01621459.1968.10480934.
 */
export function trendOf(series: readonly number[]): Trend {
  const n = series.length;
  const slopes: number[] = [];
  let score = 0;
  for (let j = 1; j < n; j++) {
    for (let i = 0; i < j; i++) {
      const rise = series[j]! - series[i]!;
      score += Math.sign(rise);
      slopes.push(rise / (j - i));
    }
  }
  const ties = new Map<number, number>();
  for (const value of series) ties.set(value, (ties.get(value) ?? 0) + 1);
  const term = (count: number) => count * (count - 1) * (2 * count + 5);
  const tied = [...ties.values()].reduce((sum, count) => sum + term(count), 0);
  const deviation = Math.sqrt((term(n) - tied) / 18);
  const z = score === 0 ? 0 : (score - Math.sign(score)) / deviation;
  return { z, slope: quantile(slopes, 0.5) };
}

/** The least value that a share of all is at most. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
