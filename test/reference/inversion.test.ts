import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poisson } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { poissonCount } from '../../src/reference/poisson.js';
import { truncatedBetween } from '../../src/reference/truncated.js';
import { edgeWords } from '../edges.js';
import { firstBeyond } from '../functions.js';
import { normalTail, poissonTail } from '../gamma.js';

const word = fc.oneof(fc.nat({ max: 2 ** 32 - 1 }), fc.constantFrom(...edgeWords));

describe('truncatedBetween', () => {
  const ends = fc
    .tuple(
      fc.float({ min: -14, max: 12, noNaN: true }),
      fc.oneof(fc.double({ min: 1e-5, max: 1e-2 }), fc.double({ min: 1e-2, max: 12 })),
    )
    .map(([low, width]) => [low, Math.max(-12, Math.fround(low + width))] as const)
    .filter(([low, high]) => low < high);

  // 4.5e-7 is the largest error that was found in 3,000,000 words and intervals.
  it('is within 5e-7·max(1, |z|) of the inverse in float64, for any word and interval', () => {
    fc.assert(
      fc.property(word, ends, (word, [low, high]) => {
        const z = truncatedBetween(word, low, high);
        expect(z).toBeGreaterThanOrEqual(low);
        expect(z).toBeLessThanOrEqual(high);
        const bound = 5e-7 * Math.max(1, Math.abs(z));
        expect(Math.abs(z - inverse(word, low, Math.min(high, 14)))).toBeLessThan(bound);
      }),
      { numRuns: 20_000 },
    );
  });

  it('never leaves the narrowest intervals', () => {
    fc.assert(
      fc.property(word, fc.float({ min: -12, max: 12, noNaN: true }), (word, low) => {
        const high = Math.fround(low + Math.max(Math.abs(low) * 2 ** -23, 2 ** -126));
        const z = truncatedBetween(word, low, high);
        expect(z === low || z === high || (z > low && z < high)).toBe(true);
      }),
    );
  });
});

describe('poissonCount', () => {
  /** The largest error of P(X > k), as the share of words that give more than k, for all k. */
  function worstError(rate: number): { absolute: number; tail: number } {
    const worst = { absolute: 0, tail: 0 };
    const spread = 8 * (1 + Math.sqrt(rate));
    const step = Math.ceil(spread / 100);
    for (let k = Math.max(0, Math.floor(rate - spread)); k < rate + spread; k += step) {
      const exact = poissonTail(k, rate);
      const error = Math.abs(shareBeyond(k, rate) - exact);
      worst.absolute = Math.max(worst.absolute, error);
      const tail = Math.min(exact, 1 - exact);
      if (tail > 1e-7) worst.tail = Math.max(worst.tail, error / tail);
    }
    return worst;
  }

  const small = [1e-6, 0.001, 0.1, 0.5, 1, 2, 3, 5, 8, 10, 12, 14, 14.836, 15.999];

  it.each(small)('is within 8e-7 for rate %d, and within 1e-3 of each tail', (rate) => {
    const { absolute, tail } = worstError(Math.fround(rate));
    expect(absolute).toBeLessThan(8e-7);
    expect(tail).toBeLessThan(1e-3);
  });

  it.each([
    [16, 1.8e-5],
    [24, 7.2e-6],
    [64, 1e-6],
    [1000, 1e-7],
    [100_000, 1e-7],
  ])('is within what its file states for rate %d: %d', (rate, bound) => {
    expect(worstError(rate).absolute).toBeLessThan(bound);
  });

  it('gives 47 at most below rate 16, and grows with the word', () => {
    fc.assert(
      fc.property(word, fc.float({ min: 0, max: 15, noNaN: true }), (word, rate) => {
        const count = poissonCount(word, rate);
        expect(count).toBeLessThanOrEqual(47);
        expect(poissonCount(Math.min(2 ** 32 - 1, word + 2 ** 16), rate)).toBeGreaterThanOrEqual(
          count,
        );
      }),
    );
  });

  it('counts whole numbers over the scale, nothing of nothing, and keeps NaN and Infinity', () => {
    const x = new Float32Array([0, -3, -Infinity, Infinity, Number.NaN, 1e30, 7, 7, 7]);
    createReferenceEngine()
      .chain([poisson({ scale: 4 })])
      .run(x);
    expect([...x].slice(0, 5)).toEqual([0, 0, 0, Infinity, Number.NaN]);
    expect(Math.abs(x[5]! / 1e30 - 1)).toBeLessThan(1e-6);
    for (const count of x.slice(6)) expect((count * 4) % 1).toBe(0);
  });
});

/** z with the share (word + ½)·2^-32 of the probability of [low, high] below it, by bisection. */
function inverse(word: number, low: number, high: number): number {
  // On the left the mirror image, so that there are digits for its tail.
  if (low + high < 0) return -inverse(~word >>> 0, -high, -low);
  const share = ((~word >>> 0) + 0.5) * 2 ** -32;
  const beyond = normalTail(high) + share * (normalTail(low) - normalTail(high));
  let [left, right] = [low, high];
  for (let step = 0; step < 40; step++) {
    const middle = (left + right) / 2;
    if (normalTail(middle) > beyond) left = middle;
    else right = middle;
  }
  return left;
}

/** The share of all words that give a count above k. */
function shareBeyond(k: number, rate: number): number {
  return 1 - firstBeyond(k, rate) * 2 ** -32;
}
