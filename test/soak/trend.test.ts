import { describe, expect, it } from 'vitest';
import { normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { quantile, trendOf } from './trend.js';

/** Normals with a rise from one to the next. */
function rising(seed: number, count: number, rise: number): number[] {
  const noise = new Float32Array(count);
  createReferenceEngine({ seed }).chain([normal()]).run(noise);
  return Array.from(noise, (z, i) => z + rise * i);
}

describe('trendOf', () => {
  it('gives the number of Mann and of Kendall', () => {
    // S = 6 of 6 pairs, variance 4·3·13 / 18; (6 − 1) / √8.667.
    expect(trendOf([1, 2, 3, 4])).toEqual({ z: 5 / Math.sqrt(26 / 3), slope: 1 });
    // S = 3 + 3 of 10 pairs, two ties of 2 and 3: variance (5·4·15 − 2·1·9 − 3·2·11) / 18 = 12.
    expect(trendOf([1, 1, 2, 2, 2])).toEqual({ z: 5 / Math.sqrt(12), slope: 0.25 });
    expect(trendOf([3, 2, 1]).slope).toBe(-1);
    expect(trendOf([7, 7, 7])).toEqual({ z: 0, slope: 0 });
  });

  it('finds none in noise, but once in 1000 times', () => {
    const beyond = Array.from({ length: 500 }, (_, seed) => trendOf(rising(seed, 50, 0)).z).filter(
      (z) => Math.abs(z) > 3.29,
    );
    // Of 500 with p = 0.001: more than 4 come with a probability of 2·10⁻⁴.
    expect(beyond.length).toBeLessThanOrEqual(4);
  });

  it('finds a rise below the noise, and how steep it is', () => {
    const { z, slope } = trendOf(rising(1, 100, 0.05));
    expect(z).toBeGreaterThan(3.29);
    // The slope of a line through 100 standard normals has a standard deviation of √(12 / 100³); 4 of them.
    expect(Math.abs(slope - 0.05)).toBeLessThan(4 * Math.sqrt(12 / 100 ** 3));
  });
});

describe('quantile', () => {
  it('is the least value that a share of all is at most', () => {
    const values = [5, 1, 4, 2, 3];
    expect([0, 0.5, 0.6, 0.61, 1].map((share) => quantile(values, share))).toEqual([1, 3, 3, 4, 5]);
  });
});
