/** One of dieharder's tests: its number, and what differs from its own defaults. */
export interface BatteryTest {
  readonly number: number;
  readonly ntuple?: number;
  readonly tsamples?: number;
  readonly psamples?: number;
}

const each = (number: number, ntuples: readonly number[], more = {}) =>
  ntuples.map((ntuple): BatteryTest => ({ number, ntuple, ...more }));

const upTo = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** The tests that read up to some 10^8 words each, with dieharder's own numbers of samples. */
const quick: readonly BatteryTest[] = [
  // Diehard's: birthdays, ranks, bitstream, OPSO, OQSO, DNA, count the 1s, parking lot, distances, runs.
  ...[0, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => ({ number })),
  ...each(11, [2]),
  ...each(12, [3]),
  { number: 15 },
  // STS: monobit, runs, serial.
  ...[100, 101, 102].map((number) => ({ number })),
  // RGB's: bit distribution, minimum distance, permutations, Kolmogorov–Smirnov.
  ...each(200, upTo(1, 8)),
  ...each(201, [2, 3]),
  ...each(202, upTo(2, 5)),
  { number: 204 },
  // DAB's: bytes, DCT, fill tree, monobit.
  { number: 205 },
  ...each(206, [256]),
  ...each(207, [32]),
  { number: 208 }, // -n 1 kills dieharder 3.31.1; without, it runs both
  ...each(209, [12]),
];

/** What is left of `dieharder -a` but its longest two, and diehard_sums, which it marks "Do Not Use". */
const rest: readonly BatteryTest[] = [
  // OPERM5, squeeze, craps.
  ...[1, 13, 16].map((number) => ({ number })),
  ...each(200, upTo(9, 12)),
  ...each(201, [4, 5]),
];

const GCD = 17;
const LAGGED_SUM = 203;

export const batteries: Readonly<Record<'quick' | 'whole' | 'full', readonly BatteryTest[]>> = {
  quick,
  // The longest two read 58·10^9 of the 60·10^9 words of -a. They have a tenth of their samples here.
  whole: [
    ...quick,
    ...rest,
    { number: GCD, psamples: 10 },
    ...each(LAGGED_SUM, [0, 1, 2, 3, 7, 15, 31, 32], { tsamples: 100_000 }),
  ],
  full: [...quick, ...rest, { number: GCD }, ...each(LAGGED_SUM, upTo(0, 32))],
};
