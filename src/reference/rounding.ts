/** How a number becomes a byte; the CPU twins of shaders/format/rounding. Domain: −128 to 255. */
export const rounding = {
  /** To the nearest integer, ties to even. */
  'nearest-even': (x: number) => {
    const floor = Math.floor(x);
    const rest = x - floor;
    return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
  },
  /** Towards zero, as NumPy's `astype`. */
  truncate: Math.trunc,
} as const;

export type Rounding = keyof typeof rounding;
