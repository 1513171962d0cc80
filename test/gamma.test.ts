import { describe, expect, it } from 'vitest';
import { chiSquareTail, logGamma, normalTail, poissonTail } from './gamma.js';

describe('the tests’ distribution functions', () => {
  // https://www.itl.nist.gov/div898/handbook/eda/section3/eda3674.htm, critical values to three decimals.
  it.each([
    [3.841, 1, 0.05],
    [18.307, 10, 0.05],
    [29.588, 10, 0.001],
    [124.342, 100, 0.05],
    [149.449, 100, 0.001],
    [70.065, 100, 0.99],
  ])('find %d, of %d degrees of freedom, exceeded with probability %d', (x, degrees, p) => {
    expect(Math.abs(chiSquareTail(x, degrees) / p - 1)).toBeLessThan(1e-3);
  });

  it('give the normal tail of Python’s math.erfc(z / √2) / 2', () => {
    expect(normalTail(0)).toBe(0.5);
    expect(normalTail(5) / 2.866515718791946e-7).toBeCloseTo(1, 12);
    expect(normalTail(12) / 1.776482112077702e-33).toBeCloseTo(1, 12);
    expect(normalTail(-1) + normalTail(1)).toBeCloseTo(1, 15);
  });

  it('give Poisson probabilities that are those of the sum', () => {
    let [term, sum] = [Math.exp(-7.5), 0];
    for (let k = 0; k < 20; k++) {
      sum += term;
      term *= 7.5 / (k + 1);
      expect(1 - poissonTail(k, 7.5)).toBeCloseTo(sum, 13);
    }
  });

  it('give the logarithms of factorials', () => {
    expect(logGamma(1)).toBeCloseTo(0, 13);
    expect(logGamma(11)).toBeCloseTo(Math.log(3628800), 13);
  });
});
