import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalPair, normalPairFloat64, philox4x32 } from 'webgpu-noise/reference';
import { edgePairs } from '../edges.js';

/** Errors of exact normals against the same transform in double precision. */
function errors(pairs: Iterable<readonly [number, number]>) {
  const found = { rms: 0, worst: 0, worstTail: 0, tails: 0 };
  let count = 0;
  for (const [w0, w1] of pairs) {
    const exact = normalPair(w0, w1);
    const ideal = normalPairFloat64(w0, w1);
    for (const lane of [0, 1] as const) {
      const error = Math.abs(exact[lane] - ideal[lane]);
      const tail = Math.abs(ideal[lane]) > 4.5;
      if (tail) found.worstTail = Math.max(found.worstTail, error);
      else found.worst = Math.max(found.worst, error);
      found.tails += tail ? 1 : 0;
      found.rms += error ** 2;
      count += 1;
    }
  }
  found.rms = Math.sqrt(found.rms / count);
  return found;
}

/** Random pairs of words; `shift` makes the radius word small, and so the radius large. */
function* randomPairs(count: number, shift = 0): Generator<[number, number]> {
  for (let block = 0; block < count / 2; block++) {
    const [w0, w1, w2, w3] = philox4x32([block, shift, 0, 0], [42, 0]);
    yield [w0 >>> shift, w1];
    yield [w2 >>> shift, w3];
  }
}

const word = fc.nat({ max: 2 ** 32 - 1 });

describe('normalPair', () => {
  // The bounds are those of DERIVATION.md, which come from all 2^32 radius words.
  it('is within 9.5e-8 rms and 2e-6 at most of float64 for 2^20 pairs', () => {
    const { rms, worst } = errors(randomPairs(2 ** 20));
    expect(rms).toBeLessThan(9.5e-8);
    expect(worst).toBeLessThan(2e-6);
  });

  it('is within 2.5e-6 of float64 in the tails, however small the radius word', () => {
    for (let shift = 14; shift <= 32; shift++) {
      const { worst, worstTail, tails } = errors(randomPairs(2 ** 13, shift % 32));
      expect(worst).toBeLessThan(2e-6);
      expect(worstTail).toBeLessThan(2.5e-6);
      if (shift < 32) expect(tails).toBeGreaterThan(500);
    }
  });

  it('takes the radius from u or 1 - u, the smaller of both, rounded to 24 bits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2 ** 24, max: 2 ** 31 - 1 }), word, (smaller, w1) => {
        const rounded = Math.fround(smaller + 0.5);
        for (const mirror of [0, 2 ** 32 - 1]) {
          const expected = normalPair((rounded ^ mirror) >>> 0, w1);
          expect(normalPair((smaller ^ mirror) >>> 0, w1)).toEqual(expected);
        }
      }),
      { numRuns: 20_000 },
    );
  });

  it('is within the same bounds, finite and not 0 for all edge words', () => {
    const pairs = Array.from(
      { length: edgePairs.length / 2 },
      (_, i) => [edgePairs[2 * i]!, edgePairs[2 * i + 1]!] as const,
    );
    const { worst, worstTail } = errors(pairs);
    expect(worst).toBeLessThan(2e-6);
    expect(worstTail).toBeLessThan(2.5e-6);
    for (const z of pairs.flatMap(([w0, w1]) => normalPair(w0, w1))) {
      expect(Math.abs(z)).toBeGreaterThan(1e-12);
      expect(Math.abs(z)).toBeLessThan(6.7638);
    }
  });

  it('reaches 6.76 at radius word 0', () => {
    expect(normalPair(0, 0)[1]).toBeCloseTo(Math.sqrt(66 * Math.LN2), 5);
  });

  it('turns to its exact negative half a turn further', () => {
    fc.assert(
      fc.property(word, word, (w0, w1) => {
        const [a, b] = normalPair(w0, w1);
        expect(normalPair(w0, (w1 + 2 ** 31) % 2 ** 32)).toEqual([-a, -b]);
      }),
    );
  });

  it('is two f32', () => {
    fc.assert(
      fc.property(word, word, (w0, w1) => {
        const pair = normalPair(w0, w1);
        expect(pair).toEqual(pair.map(Math.fround));
      }),
    );
  });

  it('takes the sine and cosine of its angle in this order', () => {
    const [sine, cosine] = normalPair(2 ** 31, 2 ** 29);
    expect(sine).toBeCloseTo(cosine, 6);
    expect(normalPair(2 ** 31, 2 ** 30)[0]).toBeCloseTo(Math.sqrt(2 * Math.LN2), 6);
    expect(normalPair(2 ** 31, 2 ** 30 + 2 ** 29)[1]).toBeLessThan(0);
  });
});

describe('normalPairFloat64', () => {
  it('has the radius √(−2 ln((w + ½)·2^-32)) and the angle 2π·(w + ½)·2^-32, to 14 digits', () => {
    for (const word of [0, 1, 2 ** 30, 2 ** 31 - 1, 2 ** 31, 3 * 2 ** 30]) {
      const [sine, cosine] = normalPairFloat64(0, word);
      expect(Math.hypot(sine, cosine)).toBeCloseTo(Math.sqrt(66 * Math.LN2), 13);
      const turns = Math.atan2(sine, cosine) / (2 * Math.PI);
      expect(turns - Math.floor(turns)).toBeCloseTo((word + 0.5) * 2 ** -32, 14);
    }
    const [least] = normalPairFloat64(0, 0);
    expect(least / (Math.sqrt(66 * Math.LN2) * Math.PI * 2 ** -32)).toBeCloseTo(1, 12);
  });
});
