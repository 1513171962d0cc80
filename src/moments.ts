import { RECORD, sumsOf } from './reduce/record.js';
import { frameOf, ofKey } from './reference/fixed.js';

/** Moments of a group, of all its elements as a population: sums are divided by their count. */
export interface Moments<T> {
  /** Elements that are NaN. Where there are some, all numbers but min and max are NaN. */
  readonly nan: T;
  /** ±Infinity where there are such elements of one sign, NaN of both; NaN of no elements. */
  readonly mean: T;
  /** The mean of (x − mean)²; NaN where the mean is not finite. */
  readonly variance: T;
  /** The square root of the variance. */
  readonly std: T;
  /** The mean of ((x − mean) / std)³; NaN where all elements are equal. */
  readonly skewness: T;
  /** Excess kurtosis: the mean of ((x − mean) / std)⁴, less 3, so 0 for a normal distribution. */
  readonly kurtosis: T;
  /** The least element that is not NaN, where −0 < +0; NaN where there is none. */
  readonly min: T;
  /** The largest element that is not NaN. */
  readonly max: T;
}

const NONE = {
  variance: Number.NaN,
  std: Number.NaN,
  skewness: Number.NaN,
  kurtosis: Number.NaN,
};

/**
 * The moments of a group of `n` elements from its record: exact integers up to the last few roundings,
 * each in float64. So the mean is that of the elements to about 2^-52 of itself and 2^-62 of the
 * largest magnitude; the others are those of numbers that each lie within 2^-31 of the range
 * (max − min) of an element.
 */
export function momentsOf(record: Uint32Array, n: number): Moments<number> {
  const nan = record[RECORD.nans]!;
  const min = ofKey(~record[RECORD.lowest]! >>> 0);
  const max = ofKey(record[RECORD.highest]!);
  if (nan > 0 || n === 0) return { nan, mean: Number.NaN, ...NONE, min, max };
  if (!Number.isFinite(max - min)) return { nan, mean: min + max, ...NONE, min, max };
  const { scale, lowest, up } = frameOf(min, max);
  const [t, ...powers] = sumsOf(record) as [bigint, bigint, bigint, bigint, bigint];
  const total = ((lowest * BigInt(n)) << BigInt(up)) + t;
  const mean = (Number(total) / n) * 2 ** (scale - 189 - up);
  const [second, third, fourth] = centralMoments(BigInt(n), powers);
  const unit = 2 ** (scale - 189 - up + 32);
  const variance = second * unit * unit;
  return {
    nan,
    mean,
    variance,
    std: Math.sqrt(second) * unit,
    skewness: third / (second * Math.sqrt(second)),
    kurtosis: fourth / (second * second) - 3,
    min,
    max,
  };
}

/** The means of (m − mean)², ³ and ⁴ from the sums of powers of m: binomials, without rounding. */
function centralMoments(n: bigint, [s1, s2, s3, s4]: readonly bigint[]): [number, number, number] {
  const [a, b, c, d] = [s1!, s2!, s3!, s4!];
  const second = n * b - a * a;
  const third = n * n * c - 3n * n * a * b + 2n * a ** 3n;
  const fourth = n ** 3n * d - 4n * n * n * a * c + 6n * n * a * a * b - 3n * a ** 4n;
  return [ratio(second, n ** 2n), ratio(third, n ** 3n), ratio(fourth, n ** 4n)];
}

/** Both are below 2^280, far inside the range of float64. */
function ratio(numerator: bigint, denominator: bigint): number {
  return Number(numerator) / Number(denominator);
}
