import type { Parameter } from '../parameter.js';
import { floatAdd } from '../reference/float.js';
import { unitBetween } from '../reference/unit.js';
import { DRAW_FIELDS, type DrawOptions, drawOptions } from './draw.js';
import { type OpKind, opFields } from './op.js';
import { interval } from './uniform.js';

/** x ← x + u with u uniform in [low, high); one sample per element. */
export interface UniformNoiseOp extends DrawOptions {
  readonly op: 'uniformNoise';
  readonly low: Parameter;
  readonly high: Parameter;
}

/**
 * Adds uniform noise, low ≤ u < high, as `uniform` makes it. NaN and ±Infinity stay as they are.
 *
 * @param options `low` (default −1) and `high` (default 1), in the units of the elements
 * @throws {TypeError | RangeError} when one is not a finite f32 number, or low ≥ high, or their
 * distance is beyond f32
 */
export function uniformNoise(
  options: { low?: Parameter; high?: Parameter } & DrawOptions = {},
): UniformNoiseOp {
  const {
    low = -1,
    high = 1,
    ...draw
  } = opFields('uniformNoise', options, ['low', 'high', ...DRAW_FIELDS]);
  return Object.freeze({
    op: 'uniformNoise',
    ...interval('uniformNoise', low, high),
    ...drawOptions('uniformNoise', draw),
  });
}

export const uniformNoiseKind: OpKind<UniformNoiseOp> = {
  source: false,
  draws: () => 'bits',
  yields: 'numbers',
  check: uniformNoise,
  shader: () => 'uniform_noise',
  parameters: ({ low, high }) => ({ low, high }),
  reference: () => (x, word, low, high) => floatAdd(x, unitBetween(word, low, high)),
};
