import { finite } from '../check.js';
import { floatAdd, floatBelow, floatClamp } from '../reference/float.js';
import { type OpKind, opFields } from './op.js';

/** A source: x uniform in [low, high); one sample per element. */
export interface UniformOp {
  readonly op: 'uniform';
  readonly low: number;
  readonly high: number;
}

/**
 * Fills with uniform samples, low ≤ x < high, never `high` itself. In f32, from the upper 24 bits
 * of each word: u = (word >> 8)·2^-24, x = fl(low + fl((high − low)·u)), at most the largest f32
 * below `high`.
 *
 * @param options `low` (default 0) and `high` (default 1)
 * @throws {TypeError | RangeError} when one is not a finite f32 number, or low ≥ high, or their
 * distance is beyond f32
 */
export function uniform(options: { low?: number; high?: number } = {}): UniformOp {
  const given = opFields('uniform', options, ['low', 'high']);
  const low = finite('uniform', 'low', given.low === undefined ? 0 : given.low);
  const high = finite('uniform', 'high', given.high === undefined ? 1 : given.high);
  if (!(low < high)) {
    throw new RangeError(`uniform: low must be < high, got low ${low} and high ${high}`);
  }
  finite('uniform', 'high - low', high - low);
  return Object.freeze({ op: 'uniform', low, high });
}

const { fround } = Math;

export const uniformKind: OpKind<UniformOp> = {
  source: true,
  draws: 'bits',
  yields: 'numbers',
  check: uniform,
  shader: () => 'uniform',
  values: ({ low, high }) => [low, fround(high - low), floatBelow(high), 0],
  reference:
    () =>
    (_, word, [low, span, largest]) =>
      floatClamp(floatAdd(low, fround(span * ((word >>> 8) * 2 ** -24))), low, largest),
};
