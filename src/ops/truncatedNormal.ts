import { deviation, finite } from '../check.js';
import { type Parameter, parameter } from '../parameter.js';
import { floatAdd, floatFlush, floatScaled } from '../reference/float.js';
import { truncatedBetween } from '../reference/truncated.js';
import { DRAW_FIELDS, type DrawOptions, drawOptions } from './draw.js';
import { type OpKind, opFields } from './op.js';
import { interval } from './uniform.js';

/** x ← x + mean + std·z with z standard normal, given low ≤ z ≤ high; one sample per element. */
export interface TruncatedNormalOp extends DrawOptions {
  readonly op: 'truncatedNormal';
  readonly mean: Parameter;
  readonly std: Parameter;
  readonly low: number;
  readonly high: number;
}

/** Beyond, there is less than 2·10^-33 of the normal distribution. */
const FARTHEST = 12;

/**
 * Adds Gaussian noise without its tails, or of a tail only, by inversion of the distribution function:
 * below z lies the share u = (word + ½)·2^-32 of the interval's probability, within 5e-7·max(1, |z|), and
 * z is never outside [low, high]. A word has 32 bits: z comes as near to the ends as 2^-33 of that
 * probability lets it, which in [−14, 14] is ±6.34. In f32: t = fl(std·z), t = fl(t + mean),
 * x = fl(x + t); NaN and ±Infinity stay as they are, a t below 2^-100 in magnitude adds nothing.
 *
 * @param options `mean` (default 0) and `std` ≥ 0 (default 1), in the units of the elements; `low`
 * (default −2) and `high` (default 2) in units of std, from mean: low < high, low ≤ 12, high ≥ −12; an
 * end below 2^-100 in magnitude counts as 0
 * @throws {TypeError | RangeError} when one is not a finite f32 number, std is negative, low ≥ high, or
 * the interval is out of reach
 */
export function truncatedNormal(
  options: { mean?: Parameter; std?: Parameter; low?: number; high?: number } & DrawOptions = {},
): TruncatedNormalOp {
  const given = opFields('truncatedNormal', options, [
    'mean',
    'std',
    'low',
    'high',
    ...DRAW_FIELDS,
  ]);
  const { mean = 0, std = 1, low = -2, high = 2 } = given;
  const from = finite('truncatedNormal', 'low', low);
  const to = finite('truncatedNormal', 'high', high);
  interval('truncatedNormal', from, to);
  if (from > FARTHEST || to < -FARTHEST) {
    throw new RangeError(
      `truncatedNormal: low must be ≤ 12 and high ≥ -12, got low ${from} and high ${to}`,
    );
  }
  return Object.freeze({
    op: 'truncatedNormal',
    mean: parameter('truncatedNormal', 'mean', mean, finite),
    std: parameter('truncatedNormal', 'std', std, deviation),
    low: from,
    high: to,
    ...drawOptions('truncatedNormal', given),
  });
}

export const truncatedNormalKind: OpKind<TruncatedNormalOp> = {
  source: false,
  draws: () => 'bits',
  yields: 'numbers',
  check: truncatedNormal,
  shader: () => 'truncated_normal',
  parameters: ({ mean, std, low, high }) => ({
    mean,
    std,
    low: floatFlush(low),
    high: floatFlush(high),
  }),
  reference: () => (x, word, mean, std, low, high) =>
    floatAdd(x, floatScaled(truncatedBetween(word, low, high), mean, std)),
};
