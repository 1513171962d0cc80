import { finite } from '../check.js';
import { type Parameter, parameter } from '../parameter.js';
import { unitBetween } from '../reference/unit.js';
import { type DrawOptions, drawOptions } from './draw.js';
import { type OpKind, opFields } from './op.js';

/** A source: x uniform in [low, high); one sample per element. */
export interface UniformOp extends Pick<DrawOptions, 'share'> {
  readonly op: 'uniform';
  readonly low: Parameter;
  readonly high: Parameter;
}

/**
 * Fills with uniform samples, low ≤ x < high, never `high` itself. In f32, from the upper 24 bits
 * of each word: u = (word >> 8)·2^-24, x = fl(low + fl((high − low)·u)), at most the largest f32
 * below `high`.
 *
 * @param options `low` (default 0) and `high` (default 1); where they vary and low ≥ high, x is the
 * largest f32 below `high`
 * @throws {TypeError | RangeError} when one is not a finite f32 number, or low ≥ high, or their
 * distance is beyond f32
 */
export function uniform(
  options: { low?: Parameter; high?: Parameter } & Pick<DrawOptions, 'share'> = {},
): UniformOp {
  const { low = 0, high = 1, ...draw } = opFields('uniform', options, ['low', 'high', 'share']);
  return Object.freeze({
    op: 'uniform',
    ...interval('uniform', low, high),
    ...drawOptions('uniform', draw),
  });
}

/** @throws {TypeError | RangeError} unless low < high are f32 numbers with an f32 distance */
export function interval(op: string, low: unknown, high: unknown) {
  const from = parameter(op, 'low', low, finite);
  const to = parameter(op, 'high', high, finite);
  if (typeof from === 'number' && typeof to === 'number') {
    if (from >= to) {
      throw new RangeError(`${op}: low must be < high, got low ${from} and high ${to}`);
    }
    finite(op, 'high - low', to - from);
  }
  return { low: from, high: to };
}

export const uniformKind: OpKind<UniformOp> = {
  source: true,
  draws: () => 'bits',
  yields: 'numbers',
  check: uniform,
  shader: () => 'uniform',
  parameters: ({ low, high }) => ({ low, high }),
  reference: () => (_, word, low, high) => unitBetween(word, low, high),
};
