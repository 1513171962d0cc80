import { describe, expect, it } from 'vitest';
import { floatAdd, floatClamp } from 'webgpu-noise/reference';
import { floatBelow, floatFlush, floatMultiply } from '../../src/reference/float.js';
import { itRefuses } from '../refusals.js';

/** Floats, and those right above them. */
const neighbours = [
  [0, 2 ** -149],
  [1, 1 + 2 ** -23],
  [2, 2 + 2 ** -22],
  [3, 3 + 2 ** -22],
  [-0.5, -0.5 + 2 ** -25],
  [-1, -1 + 2 ** -24],
  [-2, -2 + 2 ** -23],
  [-3, -3 + 2 ** -22],
] as const;

describe('floatAdd', () => {
  it('rounds to f32', () => {
    expect(floatAdd(1, 2 ** -24)).toBe(1);
    expect(floatAdd(1, 2 ** -23)).toBe(1 + 2 ** -23);
  });

  it('keeps NaN and infinities', () => {
    expect(floatAdd(Number.NaN, 1)).toBeNaN();
    expect(floatAdd(Infinity, -1)).toBe(Infinity);
    expect(floatAdd(-Infinity, 1)).toBe(-Infinity);
  });

  it('adds nothing below 2^-100, not even to zeros and subnormals', () => {
    expect(floatAdd(-0, 2 ** -101)).toBe(-0);
    expect(floatAdd(2 ** -149, 2 ** -101)).toBe(2 ** -149);
    expect(floatAdd(0, 2 ** -100)).toBe(2 ** -100);
  });
});

describe('floatMultiply', () => {
  it('keeps NaN, and gives infinities the factor’s sign, that of zeros, too', () => {
    expect(floatMultiply(Number.NaN, 2)).toBeNaN();
    expect([2, 0.5, 0, -0, -2].map((factor) => floatMultiply(Infinity, factor))).toEqual([
      Infinity,
      Infinity,
      Infinity,
      -Infinity,
      -Infinity,
    ]);
    expect(floatMultiply(-Infinity, -2)).toBe(Infinity);
  });

  it('takes subnormals for 0, and gives 0 below 2^-100', () => {
    expect(floatMultiply(2 ** -126, 2 ** 100)).toBe(2 ** -26);
    expect(floatMultiply(2 ** -127, 2 ** 100)).toBe(0);
    expect(floatMultiply(2 ** -130, 2 ** 100)).toBe(0);
    expect(floatMultiply(2 ** 100, 2 ** -126)).toBe(2 ** -26);
    expect(floatMultiply(2 ** 100, 2 ** -127)).toBe(0);
    expect(floatMultiply(2 ** -50, 2 ** -50)).toBe(2 ** -100);
    expect(floatMultiply(2 ** -50, 2 ** -51)).toBe(0);
  });
});

describe('floatFlush', () => {
  it('gives 0 below 2^-100 in magnitude', () => {
    expect([2 ** -100, 2 ** -101, -(2 ** -101), -(2 ** -100)].map(floatFlush)).toEqual([
      2 ** -100,
      0,
      0,
      -(2 ** -100),
    ]);
  });
});

describe('floatBelow', () => {
  it('is the next float down', () => {
    for (const [x, above] of neighbours) expect(floatBelow(above)).toBe(x);
    expect(floatBelow(0)).toBe(-0);
    expect(floatBelow(-0)).toBe(-(2 ** -149));
  });
});

describe('floatClamp', () => {
  it('tells neighbours apart', () => {
    for (const [x, above] of neighbours) {
      expect(floatClamp(x, above, Infinity)).toBe(above);
      expect(floatClamp(above, x, Infinity)).toBe(above);
      expect(floatClamp(above, -Infinity, x)).toBe(x);
      expect(floatClamp(x, -Infinity, above)).toBe(x);
    }
  });

  it('holds numbers between its bounds', () => {
    expect([-5, 0.5, 5].map((x) => floatClamp(x, -1, 1))).toEqual([-1, 0.5, 1]);
    expect(floatClamp(Infinity, -1, 1)).toBe(1);
    expect(floatClamp(-Infinity, -1, 1)).toBe(-1);
  });

  it('keeps NaN, and orders −0 below +0', () => {
    expect(floatClamp(Number.NaN, 0, 1)).toBeNaN();
    expect(floatClamp(-0, 0, 1)).toBe(0);
    expect(floatClamp(0, -1, -0)).toBe(-0);
  });

  it('gives the upper bound where the bounds have changed places', () => {
    expect([-5, 0, 5].map((x) => floatClamp(x, 1, -1))).toEqual([-1, -1, -1]);
    expect(floatClamp(Number.NaN, 1, -1)).toBeNaN();
  });
});

itRefuses(TypeError, {
  'floatAdd: its arguments must be numbers, got "1"': () => floatAdd('1' as never, 1),
  'floatAdd: its arguments must be numbers, got "2"': () => floatAdd(1, '2' as never),
  'floatClamp: its arguments must be numbers, got "3"': () => floatClamp('3' as never, 0, 1),
  'floatClamp: its arguments must be numbers, got "4"': () => floatClamp(1, '4' as never, 1),
  'floatClamp: its arguments must be numbers, got "5"': () => floatClamp(1, 0, '5' as never),
});
