import { isArray, isTyped, items, show } from './check.js';

/**
 * A matrix of 2×2, 3×3 or 4×4 numbers, column after column as in WGSL and wgpu-matrix: 4, 9 or 16
 * numbers; or 12, where each of three columns is padded to 4 numbers, of which the last does not count.
 */
export type Matrix = readonly number[] | Float32Array | Float64Array;

/** How a matrix lies in a list: its rows and columns, and the numbers from a column to the next. */
export interface MatrixLayout {
  readonly size: 2 | 3 | 4;
  readonly stride: number;
}

const LAYOUTS = new Map<number, MatrixLayout>([
  [4, { size: 2, stride: 2 }],
  [9, { size: 3, stride: 3 }],
  [12, { size: 3, stride: 4 }],
  [16, { size: 4, stride: 4 }],
]);

/**
 * Checks a matrix.
 *
 * @param check gives a checked copy of one number
 * @returns its columns without padding, and how it lies in the list
 * @throws {TypeError | RangeError} when it is no such list, or what `check` throws
 */
export function matrixOf(
  call: string,
  field: string,
  value: unknown,
  check: (call: string, field: string, value: unknown) => number,
): MatrixLayout & { readonly columns: readonly number[] } {
  if (!isArray(value) && !isTyped(value, Float32Array) && !isTyped(value, Float64Array)) {
    throw new TypeError(`${call}: ${field} must be a list of numbers, got ${show(value)}`);
  }
  const given = items(
    call,
    field,
    value,
    (number) => number,
    (length) => {
      if (LAYOUTS.has(length)) return;
      throw new RangeError(
        `${call}: ${field} must hold 4, 9, 12 (three padded columns) or 16 numbers, got ${length}`,
      );
    },
  );
  const layout = LAYOUTS.get(given.length)!;
  const { size, stride } = layout;
  const columns = Array.from({ length: size * size }, (_, i) => {
    const place = stride * Math.floor(i / size) + (i % size);
    return check(call, `${field}[${place}]`, given[place]);
  });
  return { ...layout, columns };
}
