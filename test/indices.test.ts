import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { along, eachOf, indexOf, MAX_DIGITS, period, product } from '../src/indices.js';

/** Coordinates of an element of a shape, the last axis fastest. */
function coordinates(shape: readonly number[], element: number): number[] {
  return shape.map((size, axis) => Math.floor(element / product(shape.slice(axis + 1))) % size);
}

describe('indices', () => {
  it('along axes are those of an array that has these axes only', () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(shapes, fc.nat(15), (shape, mask) => {
        const axes = shape.flatMap((_, axis) => ((mask >> axis) & 1 ? [axis] : []));
        const kept = axes.map((axis) => shape[axis]!);
        const indices = along(shape, axes);
        expect(indices.count).toBe(product(kept));
        expect(indices.sizes.length).toBeLessThanOrEqual(MAX_DIGITS);
        expect(product(shape) % period(indices)).toBe(0);
        for (let element = 0; element < product(shape); element++) {
          const place = coordinates(shape, element);
          const expected = axes.reduce((index, axis) => index * shape[axis]! + place[axis]!, 0);
          expect(indexOf(indices, element)).toBe(expected);
        }
      }),
    );
  });

  it('along axes take a digit for each run of neighbours, and none for what comes last and only repeats', () => {
    expect(along([2, 3, 1, 4], [1, 3])).toEqual({ sizes: [12], strides: [1], count: 12 });
    expect(along([2, 3, 4], [0, 2])).toEqual({ sizes: [4, 3, 2], strides: [1, 0, 4], count: 8 });
    expect(along([2, 3, 4], [0])).toEqual({ sizes: [12, 2], strides: [0, 1], count: 2 });
    expect(along([2, 3, 4], [])).toEqual({ sizes: [24], strides: [0], count: 1 });
    expect(along([1, 1], [0])).toEqual(eachOf(1));
  });

  it('of each element are its own', () => {
    expect([0, 1, 6].map((element) => indexOf(eachOf(7), element))).toEqual([0, 1, 6]);
  });
});
