import { describe, expect, it } from 'vitest';
import { normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import {
  chiSquareP,
  density,
  kolmogorovSmirnovP,
  kolmogorovSmirnovTail,
  shapeOf,
  share,
  type Tally,
  tallyOf,
  together,
} from '../../demo/distribution/statistics.js';
import { chiSquareTail, normalTail } from '../gamma.js';

const STANDARD = { mean: 0, std: 1 };
const histogram = { bins: 64, min: -4, max: 4 };

describe('shares of a normal distribution', () => {
  it('are those of its tails, far out as well', () => {
    for (const z of [-8, -5, -1, 0, 0.5, 3, 6]) {
      const tail = normalTail(z);
      // Half of 1 + erf, whose last bit is 2^-53 at most; the other is good to 1e-15 of itself.
      const error = 2 ** -52 + 1e-15 * tail;
      expect(Math.abs(share(z, Infinity, STANDARD) - tail)).toBeLessThan(error);
      expect(Math.abs(share(-Infinity, -z, STANDARD) - tail)).toBeLessThan(error);
    }
  });

  it('are the integral of its density', () => {
    const [from, to, steps] = [1.5, 9, 10_000];
    const shifted = { mean: 2, std: 3 };
    const step = (to - from) / steps;
    let sum = 0;
    for (let i = 0; i < steps; i++) sum += density(from + step * (i + 0.5), shifted);
    // The midpoint rule is off by at most (to − from)·step²·max|pdf″| / 24; pdf″ is largest at the mean.
    const curvature = density(shifted.mean, shifted) / shifted.std ** 2;
    const error = ((to - from) * step ** 2 * curvature) / 24;
    expect(Math.abs(sum * step - share(from, to, shifted))).toBeLessThan(error);
  });
});

describe('tallies', () => {
  it('of two batches are together those of all samples', async () => {
    const samples = new Float32Array(50_000);
    const engine = createReferenceEngine({ seed: 5 });
    engine.chain([normal({ mean: 0.3, std: 1.7 })]).run(samples);
    const tally = async (from: number, to: number) =>
      tallyOf(await engine.measure(samples.subarray(from, to), { histogram }));
    const all = await tally(0, 50_000);
    const parts = together(await tally(0, 13_000), await tally(13_000, 50_000));
    expect(parts.count).toBe(all.count);
    expect(parts.bins).toEqual(all.bins);
    expect([parts.min, parts.max]).toEqual([all.min, all.max]);
    // A few roundings of numbers below 1.
    expect(Math.abs(parts.mean - all.mean)).toBeLessThan(4 * 2 ** -52);
    const [a, b] = [shapeOf(parts), shapeOf(all)];
    // Both are those of numbers within 2^-31 of their range (src/moments.ts): z = (x − mean) / std is off by
    // h, so std by h·std, the mean of z³ by 3·h·E z², that of z⁴ by 4·h·E|z|³ < 7·h; to divide by powers of a
    // std that is off adds 3·h·skewness < h and 4·h·E z⁴ = 12·h.
    const h = (2 ** -31 * (all.max - all.min)) / b.std;
    expect(Math.abs(a.std - b.std)).toBeLessThan(2 * h * b.std);
    expect(Math.abs(a.skewness - b.skewness)).toBeLessThan(2 * (3 + 1) * h);
    expect(Math.abs(a.kurtosis - b.kurtosis)).toBeLessThan(2 * (7 + 12) * h);
  });
});

describe("Pearson's test", () => {
  const edges = Float32Array.from({ length: 65 }, (_, i) => -4 + i / 8);
  const ends = [-Infinity, ...edges, Infinity];
  const tally = (bins: Float64Array): Tally => ({
    count: 1e6,
    mean: 0,
    sums: [1e6, 0, 3e6],
    min: -5,
    max: 5,
    bins,
    edges,
  });
  const expected = Float64Array.from({ length: 66 }, (_, i) => {
    return 1e6 * share(ends[i]!, ends[i + 1]!, STANDARD);
  });

  it('gives 1 for just what is expected', () => {
    expect(chiSquareP(tally(expected), STANDARD)).toBe(1);
  });

  it('gives the tables’ p for 65 degrees of freedom', () => {
    // All of it in one bin: its square over what is expected there is the table's 5 % value, 84.821,
    // of https://www.itl.nist.gov/div898/handbook/eda/section3/eda3674.htm
    const bins = expected.slice();
    bins[30]! += Math.sqrt(84.821 * bins[30]!);
    const p = chiSquareP(tally(bins), STANDARD);
    // The table has three digits after the point, and the density there is 0.0076.
    expect(Math.abs(p - 0.05)).toBeLessThan(0.0005 * 0.0076);
    // Lanczos' approximation of the gamma function, which jStat takes, is good to 2e-10.
    expect(Math.abs(p / chiSquareTail(84.821, 65) - 1)).toBeLessThan(1e-9);
  });

  it('finds a standard deviation that is 1 % off', () => {
    // About 2·n·0.01² = 200 more than the 65 that are to be expected.
    expect(chiSquareP(tally(expected), { mean: 0, std: 1.01 })).toBeLessThan(1e-6);
  });
});

describe("Kolmogorov and Smirnov's test", () => {
  const samples = new Float32Array(2 ** 16);
  createReferenceEngine({ seed: 42 }).chain([normal()]).run(samples);

  // Distances are those of SciPy 1.17.1, scipy.stats.kstwo.isf(p, n), which computes them exactly.
  it.each([
    [100, 0.001, 0.1926841642763391],
    [100, 0.05, 0.13402791648569568],
    [100, 0.5, 0.08114721899006636],
    [2 ** 16, 0.001, 0.00761255632053408],
    [2 ** 16, 0.05, 0.005302522700709483],
    [2 ** 16, 0.5, 0.003230169458910721],
  ])('gives the exact p of %i samples where it is %f', (n, p, distance) => {
    // The terms that are left out are of the order of 1 / n.
    expect(Math.abs(kolmogorovSmirnovTail(distance, n) - p)).toBeLessThan(0.03 / n);
  });

  it('takes samples for what they are', () => {
    // One seed in a thousand would fail.
    expect(kolmogorovSmirnovP(samples, STANDARD)).toBeGreaterThan(0.001);
  });

  it('finds a mean that is 0.02 off', () => {
    // The distance is then about pdf(0)·0.02 = 0.008, 2.0 in units of 1 / √n, which 0.07 % exceed.
    expect(kolmogorovSmirnovP(samples, { mean: 0.02, std: 1 })).toBeLessThan(0.01);
  });

  it('gives the published p at the 5 % distance of 100 samples', () => {
    // Miller 1956, Journal of the American Statistical Association 51, 111.
    const distance = 0.13403;
    // Evenly over all but the lowest part of the distribution, so that it is off by just as much there.
    const quantile = (p: number) => {
      let [low, high] = [-9, 9];
      for (let step = 0; step < 60; step++) {
        const middle = (low + high) / 2;
        if (normalTail(-middle) < p) low = middle;
        else high = middle;
      }
      return low;
    };
    const shifted = Float32Array.from({ length: 100 }, (_, i) => {
      return quantile(Math.min(1, Math.max(distance, (i + 1) / 100)));
    });
    // As above, and the table's last digit, where the density is 2.7.
    const error = 0.03 / 100 + 5e-6 * 2.7;
    expect(Math.abs(kolmogorovSmirnovP(shifted, STANDARD) - 0.05)).toBeLessThan(error);
  });
});
