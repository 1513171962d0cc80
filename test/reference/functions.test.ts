import { describe, expect, it } from 'vitest';
import { exponential } from '../../src/reference/exponential.js';
import { ofBits } from '../../src/reference/float.js';
import { logarithm } from '../../src/reference/logarithm.js';
import { rootInverse } from '../../src/reference/root.js';
import { tailLogarithm, tailQuantile } from '../../src/reference/tail.js';
import { unitOpen } from '../../src/reference/unit.js';
import { edgeWords } from '../edges.js';
import { normalTail } from '../gamma.js';

// The bounds are those that the files of shaders/lib state: what was measured, and a little room in the
// last digit. Half an ulp of f32 alone is up to 6e-8 of a number.

const { fround } = Math;
const relative = (found: number, exact: number) => Math.abs(found / exact - 1);

/** The largest value of f over every float in [from, to). */
function worstOf(from: number, to: number, f: (x: number) => number): number {
  const [first, last] = new Uint32Array(Float32Array.of(from, to).buffer);
  let worst = 0;
  for (let bits = first!; bits < last!; bits++) worst = Math.max(worst, f(ofBits(bits)));
  return worst;
}

/** Numbers x = range·(0, 1) in steps of range / count. */
function* steps(range: number, count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield fround((range * (i + 0.5)) / count);
}

describe('rootInverse', () => {
  it('is within 1e-7 for every mantissa, and to all ends of its range', () => {
    const error = (v: number) => relative(rootInverse(v), 1 / Math.sqrt(v));
    expect(worstOf(1, 4, error)).toBeLessThan(1e-7);
    for (let e = -100; e < 128; e++) expect(error(1.5 * 2 ** e)).toBeLessThan(1e-7);
  });
});

describe('logarithm', () => {
  it('is within 8.5e-8 for every float from 1/4 to 1', () => {
    const error = (t: number) => relative(logarithm(t, fround(1 - t)), -Math.log(t));
    expect(worstOf(0.25, 1, error)).toBeLessThan(8.5e-8);
  });

  it('is within 1.8e-7 for all words, however near to 0 or 1', () => {
    const error = (word: number) => {
      const rest = ~word >>> 0;
      const exact =
        word < rest ? Math.log((word + 0.5) * 2 ** -32) : Math.log1p(-(rest + 0.5) * 2 ** -32);
      return relative(logarithm(unitOpen(word), unitOpen(rest)), -exact);
    };
    for (const word of edgeWords) expect(error(word)).toBeLessThan(1.8e-7);
    let worst = 0;
    for (let i = 0; i < 2 ** 19; i++) {
      const word = Math.imul(i, 0x9e3779b1) >>> (i % 32);
      worst = Math.max(worst, error(word), error(~word >>> 0));
    }
    expect(worst).toBeLessThan(1.8e-7);
  });
});

describe('exponential', () => {
  it('is within 8.3e-8 of e^-x, and its rest within 1.45e-7 of 1 − e^-x however small', () => {
    let worst = 0;
    let worstRest = 0;
    for (const x of [...steps(69, 2 ** 19), ...steps(1, 2 ** 19), ...steps(2 ** -20, 1000)]) {
      const { power, rest } = exponential(x);
      worst = Math.max(worst, relative(power, Math.exp(-x)));
      worstRest = Math.max(worstRest, relative(rest, -Math.expm1(-x)));
    }
    expect(worst).toBeLessThan(8.3e-8);
    expect(worstRest).toBeLessThan(1.45e-7);
  });

  it('is exact at 0, and 0 where it would be below 2^-100', () => {
    expect(exponential(0)).toEqual({ power: 1, rest: -0 });
    expect(exponential(70)).toEqual({ power: 0, rest: 1 });
    expect(exponential(999)).toEqual({ power: 0, rest: 1 });
  });
});

describe('the normal tail', () => {
  const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

  it('has a logarithm within 2.8e-7 for |z| up to 14, where it stops', () => {
    let worst = 0;
    for (const z of steps(14, 2 ** 18)) {
      worst = Math.max(worst, relative(tailLogarithm(z), -Math.log(normalTail(z))));
    }
    expect(worst).toBeLessThan(2.8e-7);
    expect(tailLogarithm(-3)).toBe(tailLogarithm(3));
    expect(tailLogarithm(1e30)).toBe(tailLogarithm(14));
  });

  it('has quantiles within 2.7e-7·max(1, z)', () => {
    let worst = 0;
    for (const z of steps(14, 2 ** 18)) {
      const exact = -Math.log(normalTail(z));
      const s = fround(exact);
      // The z of the rounded s, by the slope there: φ(z) / Q(z).
      const wanted = z + ((s - exact) * normalTail(z)) / density(z);
      worst = Math.max(worst, Math.abs(tailQuantile(s) - wanted) / Math.max(1, z));
    }
    expect(worst).toBeLessThan(2.7e-7);
  });
});
