import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choleskyFactor } from 'webgpu-noise';
import { mat3, mat4, quat } from 'wgpu-matrix';
import { itRefuses } from './refusals.js';

const angle = fc.float({ min: -3, max: 3, noNaN: true });
const rotations = fc
  .tuple(angle, angle, angle)
  .map(([x, y, z]) => mat4.fromQuat(quat.fromEuler(x, y, z, 'xyz')));
/** Four powers of 2 over a wide range, each times a number. */
const scales = fc.array(
  fc
    .tuple(fc.integer({ min: -3, max: 3 }), fc.double({ min: 1, max: 2, noNaN: true }))
    .map(([power, times]) => times * 2 ** power),
  { minLength: 4, maxLength: 4 },
);

/** Row i, column j of L·Lᵀ, where L's columns are `stride` numbers apart. */
function product(factor: readonly number[], stride: number, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k <= Math.min(i, j); k++) {
    sum += factor[stride * k + i]! * factor[stride * k + j]!;
  }
  return sum;
}

describe('choleskyFactor', () => {
  it('gives the factors known by hand, in the layout given', () => {
    expect(choleskyFactor([4, 2, 2, 10])).toEqual([2, 1, 0, 3]);
    const covariance = [1, 2, 3, 2, 8, 10, 3, 10, 22];
    const factor = [1, 2, 3, 0, 2, 2, 0, 0, 3];
    expect(choleskyFactor(covariance)).toEqual(factor);
    const padded = [1, 2, 3, Number.NaN, 2, 8, 10, Number.NaN, 3, 10, 22, Number.NaN];
    expect(choleskyFactor(Float64Array.from(padded))).toEqual([1, 2, 3, 0, 0, 2, 2, 0, 0, 0, 3, 0]);
    const four = [1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 9, 0, 2, 0, 0, 20];
    expect(choleskyFactor(Float32Array.from(four))).toEqual([
      1, 0, 0, 2, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4,
    ]);
  });

  it('has its matrix as L·Lᵀ, for a rotation of scales in f32 as wgpu-matrix computes it', () => {
    fc.assert(
      fc.property(rotations, scales, fc.boolean(), (rotation, [x, y, z, w], padded3) => {
        let a: Float32Array;
        if (padded3) {
          const scaled = mat3.multiply(mat3.fromMat4(rotation), mat3.scaling3D([x!, y!, z!]));
          const squares = mat3.multiply(scaled, mat3.scaling3D([x!, y!, z!]));
          a = mat3.multiply(squares, mat3.transpose(mat3.fromMat4(rotation)));
        } else {
          const squares = mat4.scaling([x! ** 2, y! ** 2, z! ** 2]);
          squares[15] = w! ** 2;
          a = mat4.multiply(mat4.multiply(rotation, squares), mat4.transpose(rotation));
        }
        const n = padded3 ? 3 : 4;
        const factor = choleskyFactor(a);
        expect(factor).toHaveLength(a.length);
        for (let i = 0; i < n; i++) {
          expect(factor.slice(4 * i, 4 * i + i)).toEqual(Array(i).fill(0));
          for (let j = 0; j <= i; j++) {
            const mean = (a[4 * j + i]! + a[4 * i + j]!) / 2;
            // Higham, theorem 10.3: off by (n + 1)·2^-53·Σ |l_ik·l_jk|, which is at most √(a_ii·a_jj); and
            // as much again for the product made here.
            const bound = 2 * 5 * 2 ** -53 * Math.sqrt(a[5 * i]! * a[5 * j]!);
            expect(Math.abs(product(factor, 4, i, j) - mean)).toBeLessThanOrEqual(bound);
          }
        }
      }),
    );
  });

  it('is found for nearly singular matrices, and not for those that may be singular', () => {
    const correlated = (r: number) => choleskyFactor([1, r, r, 1]);
    const [, below, , rest] = correlated(1 - 2 ** -40);
    expect(below).toBe(1 - 2 ** -40);
    expect(rest).toBe(Math.sqrt(2 ** -39));
    expect(() => correlated(1 - 2 ** -53)).toThrow('must be positive definite');
  });

  it('is found at any scale', () => {
    for (const scale of [2 ** -200, 2 ** 200]) {
      expect(choleskyFactor([scale, 0, 0, scale])).toEqual([scale ** 0.5, 0, 0, scale ** 0.5]);
    }
  });

  itRefuses(RangeError, {
    'choleskyFactor: covariance must hold 4, 9, 12 (three padded columns) or 16 numbers, got 25':
      () => choleskyFactor(Array(25).fill(1)),
    'choleskyFactor: covariance[3] must be a finite number, got Infinity': () =>
      choleskyFactor([1, 0, 0, Infinity]),
    'choleskyFactor: covariance must be symmetric, got 0.25 in row 1, column 0 and 0.5 in row 0, column 1':
      () => choleskyFactor([1, 0.25, 0.5, 1]),
    // 2^-20 of √(1·4) is just allowed.
    'choleskyFactor: covariance must be symmetric, got 0.5 in row 1, column 0 and 0.5000019': () =>
      choleskyFactor([1, 0.5, 0.5 + 2 ** -19 + 2 ** -40, 4]),
    'choleskyFactor: covariance must be positive definite, got the pivot -3 in row 1': () =>
      choleskyFactor([1, 2, 2, 1]),
    'choleskyFactor: covariance must be positive definite, got the pivot 0 in row 2': () =>
      choleskyFactor([1, 0, 1, 0, 1, 0, 1, 0, 1]),
    'choleskyFactor: covariance must be positive definite, got the pivot -1 in row 0': () =>
      choleskyFactor([-1, 0, 0, 1]),
    'choleskyFactor: covariance must be positive definite, got the pivot 0 in row 0': () =>
      choleskyFactor(new Float32Array(16)),
  });

  it('takes a difference from symmetry that rounding in f32 explains, and its mean', () => {
    const [, below] = choleskyFactor([1, 0.5, 0.5 + 2 ** -19, 4]);
    expect(below).toBe(0.5 + 2 ** -20);
  });

  itRefuses(TypeError, {
    'choleskyFactor: covariance must be a list of numbers, got a Uint8Array': () =>
      choleskyFactor(new Uint8Array(4) as never),
    'choleskyFactor: covariance[1] must be a number, got "0"': () =>
      choleskyFactor([1, '0', 0, 1] as never),
  });
});
