import { describe, expect, it } from 'vitest';
import { normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import {
  chiSquareP,
  density,
  kolmogorovSmirnovP,
  shapeOf,
  share,
  type Tally,
  tallyOf,
  together,
} from '../../demo/distribution/statistics.js';
import { normalTail } from '../gamma.js';

const STANDARD = { mean: 0, std: 1 };
const histogram = { bins: 64, min: -4, max: 4 };

describe('shares of a normal distribution', () => {
  it('are those of its tails, far out as well', () => {
    for (const z of [-8, -5, -1, 0, 0.5, 3, 6]) {
      expect(share(z, Infinity, STANDARD) / normalTail(z)).toBeCloseTo(1, 6);
      expect(share(-Infinity, -z, STANDARD) / normalTail(z)).toBeCloseTo(1, 6);
    }
  });

  it('are the integral of its density', () => {
    const [from, to, steps] = [1.5, 9, 10_000];
    const shifted = { mean: 2, std: 3 };
    let sum = 0;
    for (let i = 0; i < steps; i++) {
      sum += density(from + ((to - from) * (i + 0.5)) / steps, shifted);
    }
    // The midpoint rule is off by at most (to − from)·h²·max|pdf″| / 24, here 1e-8.
    expect(Math.abs((sum * (to - from)) / steps - share(from, to, shifted))).toBeLessThan(1e-8);
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
    expect(parts.mean).toBeCloseTo(all.mean, 12);
    // Each is that of numbers within 2^-31 of their range: see src/moments.ts.
    for (const name of ['std', 'skewness', 'kurtosis'] as const) {
      expect(shapeOf(parts)[name]).toBeCloseTo(shapeOf(all)[name], 7);
    }
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
    expect(chiSquareP(tally(bins), STANDARD)).toBeCloseTo(0.05, 5);
  });

  it('finds a standard deviation that is 1 % off', () => {
    expect(chiSquareP(tally(expected), { mean: 0, std: 1.01 })).toBeLessThan(1e-6);
  });
});

describe("Kolmogorov and Smirnov's test", () => {
  const samples = new Float32Array(2 ** 16);
  createReferenceEngine({ seed: 42 }).chain([normal()]).run(samples);

  it('takes samples for what they are', () => {
    expect(kolmogorovSmirnovP(samples, STANDARD)).toBeGreaterThan(0.001);
  });

  it('finds a mean that is 0.02 off', () => {
    // The distance is then about pdf(0)·0.02 = 0.008, 2.0 in units of 1 / √n, which 0.07 % exceed.
    expect(kolmogorovSmirnovP(samples, { mean: 0.02, std: 1 })).toBeLessThan(0.01);
  });

  it('gives the published p at the 5 % distance of 100 samples', () => {
    // D = 0.13403: Miller 1956, Journal of the American Statistical Association 51, 111, table 1.
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
    // Stephens' correction is good to about 1e-3 here.
    expect(Math.abs(kolmogorovSmirnovP(shifted, STANDARD) - 0.05)).toBeLessThan(2e-3);
  });
});
