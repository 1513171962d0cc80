import { describe, expect, it } from 'vitest';
import { exponentOf, fixedOf, frameOf } from '../../src/reference/fixed.js';

describe('exponentOf', () => {
  it('is biased, that of subnormals and zeros 1', () => {
    const numbers = [1, -1, 0.75, 2 ** -126, 2 ** -149, 0, Infinity, Number.NaN];
    expect(numbers.map(exponentOf)).toEqual([127, 127, 126, 1, 1, 1, 255, 255]);
  });
});

describe('fixedOf', () => {
  it('counts units of the scale, cut off towards 0', () => {
    expect(fixedOf(1, 127)).toBe(2n ** 62n);
    expect(fixedOf(-1, 127)).toBe(-(2n ** 62n));
    expect(fixedOf(2 ** -63, 127)).toBe(0n);
    expect(fixedOf(-(2 ** -63), 127)).toBe(0n);
    expect(fixedOf(-3 * 2 ** -63, 127)).toBe(-1n);
  });
});

describe('frameOf', () => {
  it('has the scale of the larger magnitude, and shifts the range to the top of 64 bits', () => {
    expect(frameOf(0, 1)).toEqual({ scale: 127, lowest: 0n, up: 1 });
    expect(frameOf(-8, 0.5)).toEqual({ scale: 130, lowest: -(2n ** 62n), up: 1 });
    expect(frameOf(-1, 1)).toEqual({ scale: 127, lowest: -(2n ** 62n), up: 0 });
    expect(frameOf(1, 1 + 2 ** -23)).toEqual({ scale: 127, lowest: 2n ** 62n, up: 24 });
  });

  it('shifts an empty range by 63', () => {
    expect(frameOf(3, 3)).toEqual({ scale: 128, lowest: 3n * 2n ** 61n, up: 63 });
  });
});
