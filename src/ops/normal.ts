import { deviation, finite } from '../check.js';
import { type Parameter, parameter } from '../parameter.js';
import { floatFlush, floatScaled } from '../reference/float.js';
import { drawOptions, type NormalDraw, type NormalDrawOptions } from './draw.js';
import { type OpKind, opFields } from './op.js';

/** A source: x ← mean + std·z; one sample per element. */
export interface NormalOp extends Pick<NormalDraw, 'share' | 'channels'> {
  readonly op: 'normal';
  readonly mean: Parameter;
  readonly std: Parameter;
}

/**
 * Fills with normal samples. In f32: t = fl(std·z), x = fl(t + mean), and 0 where that is below
 * 2^-100 in magnitude.
 *
 * @param options `mean` (default 0) and `std` ≥ 0 (default 1)
 * @throws {TypeError | RangeError} when one is not a finite f32 number, or std is negative
 */
export function normal(
  options: { mean?: Parameter; std?: Parameter } & Pick<
    NormalDrawOptions,
    'share' | 'channels'
  > = {},
): NormalOp {
  const {
    mean = 0,
    std = 1,
    ...draw
  } = opFields('normal', options, ['mean', 'std', 'share', 'channels']);
  return Object.freeze({
    op: 'normal',
    mean: parameter('normal', 'mean', mean, finite),
    std: parameter('normal', 'std', std, deviation),
    ...drawOptions('normal', draw),
  });
}

export const normalKind: OpKind<NormalOp> = {
  source: true,
  draws: () => 'normal',
  yields: 'numbers',
  check: normal,
  shader: () => 'normal',
  parameters: ({ mean, std }) => ({ mean, std }),
  reference: () => (_, z, mean, std) => floatFlush(floatScaled(z, mean, std)),
};
