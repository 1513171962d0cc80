import { show } from './check.js';
import { type Matrix, matrixOf } from './matrix.js';

/**
 * How far a matrix that was computed in f32 as a product A·D·Aᵀ, with D diagonal and positive, may be
 * from symmetric, as a share of √(a_ii·a_jj). Each of the two products has sums of at most n = 4 terms,
 * which are off by at most n·2^-24 of the sum of the terms' magnitudes (N. J. Higham, "Accuracy and
 * Stability of Numerical Algorithms", 2nd edition, 2002, https://doi.org/10.1137/1.9780898718027,
 * section 3.5), and that sum, over |A|·D·|A|ᵀ, is at most √(a_ii·a_jj) by the inequality of Cauchy and
 * Schwarz. Two numbers are compared, each with the errors of two products: 2·2·4·2^-24.
 */
const ASYMMETRY = 2 ** -20;

/**
 * What rounding alone may leave of a pivot that is 0, as a share of a_jj: (n + 1)·2^-53 for n = 4
 * (Higham, theorem 10.3).
 */
const REST = 5 * 2 ** -53;

/**
 * The lower-triangular L with L·Lᵀ = covariance: mixing independent standard normals by it, as `channels`
 * does, gives them this covariance. Row by row,
 * l_ij = (a_ij − Σ_{k<j} l_ik·l_jk) / l_jj and l_jj = √(a_jj − Σ_{k<j} l_jk²), in float64
 * (G. H. Golub, C. F. Van Loan, "Matrix Computations", 4th edition, 2013, section 4.2).
 *
 * @param covariance a symmetric positive definite matrix of 4, 9, 12 or 16 numbers, as for `channels`;
 * where a_ij and a_ji differ by rounding in f32, their mean counts
 * @returns the columns of L, in a list laid out as the one given; padding is 0
 * @throws {TypeError | RangeError} when it is no such matrix, naming what is wrong
 */
export function choleskyFactor(covariance: Matrix): number[] {
  const call = 'choleskyFactor';
  const { size, stride, columns } = matrixOf(call, 'covariance', covariance, finiteNumber);
  const a = (row: number, column: number) => columns[row + size * column]!;
  const factor = new Array<number>(stride * size).fill(0);
  const l = (row: number, column: number) => factor[row + stride * column]!;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      checkSymmetric(a, row, column);
      let rest = a(row, column) / 2 + a(column, row) / 2;
      for (let k = 0; k < column; k++) rest -= l(row, k) * l(column, k);
      if (row === column) checkPivot(rest, row, a(row, row));
      factor[row + stride * column] = row === column ? Math.sqrt(rest) : rest / l(column, column);
    }
  }
  return factor;
}

function finiteNumber(call: string, field: string, value: unknown): number {
  if (typeof value !== 'number') {
    throw new TypeError(`${call}: ${field} must be a number, got ${show(value)}`);
  }
  if (Number.isFinite(value)) return value;
  throw new RangeError(`${call}: ${field} must be a finite number, got ${value}`);
}

function checkSymmetric(a: (row: number, column: number) => number, i: number, j: number): void {
  const allowed = ASYMMETRY * Math.sqrt(Math.abs(a(i, i))) * Math.sqrt(Math.abs(a(j, j)));
  if (Math.abs(a(i, j) - a(j, i)) <= allowed) return;
  throw new RangeError(
    `choleskyFactor: covariance must be symmetric, got ${a(i, j)} in row ${i}, column ${j} and ` +
      `${a(j, i)} in row ${j}, column ${i}`,
  );
}

function checkPivot(pivot: number, row: number, diagonal: number): void {
  if (pivot > REST * diagonal) return;
  throw new RangeError(
    `choleskyFactor: covariance must be positive definite, got the pivot ${pivot} in row ${row}`,
  );
}
