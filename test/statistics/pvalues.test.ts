import { describe, expect, it } from 'vitest';
import { normalPair } from 'webgpu-noise/reference';
import { normalTail } from '../gamma.js';
import {
  andersonDarlingP,
  andersonDarlingTail,
  chiSquareP,
  normalP,
  poissonP,
  uniformP,
} from './pvalues.js';
import { tailShare } from './tails.js';

describe('p-values', () => {
  it.each([
    // Marsaglia and Marsaglia, "Evaluating the Anderson–Darling distribution", 2004,
    // DOI 10.18637/jss.v009.i02: for infinitely many samples.
    [1.9329578327, 0.1],
    [2.492367, 0.05],
    [3.878125, 0.01],
  ])('of Anderson and Darling’s statistic %d are %d', (statistic, p) => {
    expect(Math.abs(andersonDarlingTail(statistic) - p)).toBeLessThan(2e-7);
  });

  it('of Anderson and Darling’s statistic in cells are those without, and find what is off', () => {
    const count = 4096;
    const shares = new Float64Array(count).fill(1 / count);
    const total = 2 ** 24;
    /** Counts whose sums are off by a multiple of √(x(1 − x)), so that the statistic is its square. */
    const off = (by: number) => {
      const sum = (i: number) => {
        const x = i / count;
        return total * x + by * Math.sqrt(total * x * (1 - x));
      };
      return Float64Array.from(shares, (_, i) => sum(i + 1) - sum(i));
    };
    // The cells at the ends, 2 of 4096 halves, are what is left of the integral.
    expect(andersonDarlingP(off(Math.sqrt(3.878125)), shares)).toBeCloseTo(0.01, 4);
    expect(andersonDarlingP(off(0), shares)).toBeCloseTo(1, 9);
    expect(andersonDarlingP(off(6), shares)).toBeLessThan(1e-8);
  });

  it('of chi-square are the tables’, and 0 where something is that cannot be', () => {
    // https://www.itl.nist.gov/div898/handbook/eda/section3/eda3674.htm: 5 % at 3.841, one degree.
    const half = Math.sqrt(3.841459 * 100) / 2;
    const shares = Float64Array.of(0.5, 0.5, 0);
    expect(chiSquareP(Float64Array.of(50 + half, 50 - half, 0), shares)).toBeCloseTo(0.05, 3);
    expect(chiSquareP(Float64Array.of(50, 49, 1), shares)).toBe(0);
  });

  it('of normal and Poisson variables are two-sided', () => {
    expect(normalP(1.959964)).toBeCloseTo(0.05, 6);
    expect(normalP(-1.959964)).toBe(normalP(1.959964));
    const weights = [0, 1, 2].map((k) => (Math.exp(-3) * 3 ** k) / [1, 1, 2][k]!);
    expect(poissonP(0, 3)).toBeCloseTo(2 * weights[0]!, 12);
    expect(poissonP(2, 3)).toBeCloseTo(2 * (weights[0]! + weights[1]! + weights[2]!), 12);
    expect(poissonP(3, 3)).toBe(1);
    expect(poissonP(30, 3)).toBeLessThan(1e-15);
  });

  it('of uniform numbers see that they are not', () => {
    const numbers = Array.from({ length: 500 }, (_, i) => (i + 0.5) / 500);
    expect(uniformP(numbers)).toBe(1);
    expect(uniformP(numbers.map((x) => x ** 2))).toBeLessThan(1e-8);
  });
});

describe('tails of what 32-bit radius words make', () => {
  it.each([5.6, 6, 6.5])('beyond %d are those of all words and 2^12 angles', (limit) => {
    let found = 0;
    const words = Math.floor(2 ** 32 * Math.exp((-limit * limit) / 2) + 0.5);
    for (let word = 0; word < words + 1; word++) {
      for (let angle = 0; angle < 2 ** 12; angle++) {
        found += normalPair(word, (angle * 2 ** 20 + 12_345) >>> 0)[0] >= limit ? 1 : 0;
      }
    }
    // Of each word's angles, an arc: how many lie on it is right up to 1.
    const expected = tailShare(limit) * 2 ** 44;
    expect(Math.abs(found - expected)).toBeLessThan(words + 1);
  });

  it('are nearly the normal distribution’s, and end where the radii do', () => {
    expect(tailShare(5.5) / normalTail(5.5)).toBeCloseTo(1, 4);
    expect(tailShare(6) / normalTail(6)).toBeCloseTo(0.99878, 5);
    expect(tailShare(6.7638)).toBe(0);
  });
});
