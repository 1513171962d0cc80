/**
 * What a reduction leaves of each group: words, least significant first, as
 * shaders/lib/reduce/record.wgsl states. All of them are whole numbers, summed exactly or raised to a
 * maximum, so that their bits do not depend on the order of the elements.
 */
export const RECORD = {
  /** The largest key of a number, or 0. */
  highest: 0,
  /** The largest complement of a key, or 0. */
  lowest: 1,
  /** How many elements are NaN. */
  nans: 2,
  /** Sums of t, m, m², m³, m⁴. */
  sums: 3,
  /** Counts: below, bins, above. */
  bins: 28,
} as const;

/** Words of what a statistic is made of: the largest exponent, and a sum of squares in three words. */
export const STATISTIC_WORDS = 4;

/** Words of a sum. */
const SUM_WORDS = 5;

/** Words of a record, with `bins` bins (0: no histogram). */
export function recordWords(bins: number): number {
  return bins === 0 ? RECORD.bins : RECORD.bins + bins + 2;
}

/** The sums of t, m, m², m³ and m⁴. */
export function sumsOf(record: Uint32Array): bigint[] {
  return Array.from({ length: 5 }, (_, sum) => {
    let value = 0n;
    for (let word = SUM_WORDS - 1; word >= 0; word--) {
      value = (value << 32n) | BigInt(record[RECORD.sums + sum * SUM_WORDS + word]!);
    }
    return value;
  });
}

/** Writes what `sumsOf` reads. */
export function writeSums(record: Uint32Array, sums: readonly bigint[]): void {
  for (const [sum, value] of sums.entries()) {
    for (let word = 0; word < SUM_WORDS; word++) {
      const bits = BigInt.asUintN(32, value >> BigInt(32 * word));
      record[RECORD.sums + sum * SUM_WORDS + word] = Number(bits);
    }
  }
}
