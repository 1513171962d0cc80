/** Mean and standard deviation of some numbers. */
export interface Moments {
  readonly mean: number;
  /** Divided by the count, as NumPy's `std`. */
  readonly std: number;
}

/** Gathers moments number by number, by Welford's method (https://doi.org/10.2307/1266577). */
export function createMoments(): Moments & { add(value: number): void } {
  let count = 0;
  let mean = 0;
  let squares = 0;
  return {
    add(value) {
      count++;
      const distance = value - mean;
      mean += distance / count;
      squares += distance * (value - mean);
    },
    get mean() {
      return mean;
    },
    get std() {
      return Math.sqrt(squares / count);
    },
  };
}
