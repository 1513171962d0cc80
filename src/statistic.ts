/**
 * A number that an op needs to know of all elements as they are before it, found on the GPU and never
 * read back. It stands among the op's parameters; a chain is cut before such an op, so that the elements
 * are there to be measured.
 *
 * Statistics are exact: sums of whole numbers, which do not depend on the order of the elements.
 */
export interface Statistic {
  /**
   * `norm`: the factor that brings the L2 norm down to `limit`, min(1, limit / norm), cut off after 24
   * bits; 1 where there is NaN or infinity; 0 below 2^-126.
   * `rms`: the root of the mean square, cut off after 24 bits; 0 where there is NaN or infinity, and
   * below 2^-126.
   */
  readonly statistic: 'norm' | 'rms';
  /** The largest norm; 0 for `rms`. */
  readonly limit: number;
  /** Axes of the target's shape: each index along them has a number of its own. Absent: one number. */
  readonly axes?: readonly number[] | undefined;
  /** Whether a list of targets has its numbers in common, or each target its own. */
  readonly of: 'list' | 'target';
}

export const isStatistic = (value: unknown): value is Statistic =>
  typeof value === 'object' && value !== null && 'statistic' in value;
