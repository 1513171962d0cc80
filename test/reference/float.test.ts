import { describe, expect, it } from 'vitest';
import { floatAdd, floatClamp } from 'webgpu-noise/reference';

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

describe('floatClamp', () => {
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
