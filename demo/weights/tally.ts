import type { Outcome, Trial } from './tester.js';

/** Accuracies at one standard deviation, as shares of the test digits, of the pairs tried so far. */
export interface Place {
  readonly std: number;
  readonly pairs: readonly (readonly [plus: number, minus: number])[];
  readonly mean: number;
  /** Standard deviations of the copies' accuracies, and of the pairs' means. */
  readonly spread: number;
  readonly pairSpread: number;
}

/** Puts together what the pairs of a sweep found. */
export function placesOf(
  stds: readonly number[],
  outcomes: readonly Outcome[],
  digits: number,
): Place[] {
  return stds.map((std, step) => {
    const share = ({ right }: Trial) => right / digits;
    const pairs = outcomes.map(({ trials }) => {
      const [plus, minus] = trials[step]!;
      return [share(plus), share(minus)] as const;
    });
    const copies = pairs.flat();
    const means = pairs.map(([plus, minus]) => (plus + minus) / 2);
    return {
      std,
      pairs,
      mean: meanOf(copies),
      spread: spreadOf(copies),
      pairSpread: spreadOf(means),
    };
  });
}

const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** The standard deviation of a sample; NaN of a single value. */
function spreadOf(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
