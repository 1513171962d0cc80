import { describe, expect, it } from 'vitest';
import { finite } from '../src/check.js';
import { matrixOf } from '../src/matrix.js';
import { itRefuses } from './refusals.js';

const matrix = (value: unknown) => matrixOf('noise', 'channels', value, finite);
const counted = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('matrixOf', () => {
  it.each([
    { numbers: counted(4), size: 2, stride: 2, columns: counted(4) },
    { numbers: counted(9), size: 3, stride: 3, columns: counted(9) },
    { numbers: counted(12), size: 3, stride: 4, columns: [1, 2, 3, 5, 6, 7, 9, 10, 11] },
    { numbers: counted(16), size: 4, stride: 4, columns: counted(16) },
  ])('takes $numbers.length numbers for columns of $size', ({ numbers, size, stride, columns }) => {
    for (const given of [numbers, Float32Array.from(numbers), Float64Array.from(numbers)]) {
      expect(matrix(given)).toEqual({ size, stride, columns });
    }
  });

  itRefuses(TypeError, {
    'noise: channels must be a list of numbers, got 4': () => matrix(4),
    'noise: channels must be a list of numbers, got a Int32Array': () => matrix(new Int32Array(4)),
    'noise: channels[5] must be a number, got "6"': () =>
      matrix(counted(9).map((number) => (number === 6 ? '6' : number))),
  });
  itRefuses(RangeError, {
    'noise: channels must hold 4, 9, 12 (three padded columns) or 16 numbers, got 5': () =>
      matrix(counted(5)),
    'noise: channels[10] must be a finite f32 number, got Infinity': () =>
      matrix(counted(12).map((number) => (number === 11 ? Infinity : number))),
  });
});
