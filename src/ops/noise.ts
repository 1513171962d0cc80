import { deviation, finite } from '../check.js';
import { type Parameter, parameter } from '../parameter.js';
import { floatAdd, floatScaled } from '../reference/float.js';
import {
  drawOptions,
  NORMAL_DRAW_FIELDS,
  type NormalDraw,
  type NormalDrawOptions,
} from './draw.js';
import { type OpKind, opFields } from './op.js';

/** x ← x + mean + std·z with z standard normal; one sample per element. */
export interface NoiseOp extends NormalDraw {
  readonly op: 'noise';
  readonly mean: Parameter;
  readonly std: Parameter;
}

/**
 * Adds Gaussian noise. In f32: t = fl(std·z), t = fl(t + mean), x = fl(x + t); NaN and ±Infinity
 * stay as they are, a t below 2^-100 in magnitude adds nothing.
 *
 * @param options `mean` (default 0) and `std` ≥ 0 (default 1), in the units of the elements
 * @throws {TypeError | RangeError} when one is not a finite f32 number, or std is negative
 */
export function noise(
  options: { mean?: Parameter; std?: Parameter } & NormalDrawOptions = {},
): NoiseOp {
  const {
    mean = 0,
    std = 1,
    ...draw
  } = opFields('noise', options, ['mean', 'std', ...NORMAL_DRAW_FIELDS]);
  return Object.freeze({
    op: 'noise',
    mean: parameter('noise', 'mean', mean, finite),
    std: parameter('noise', 'std', std, deviation),
    ...drawOptions('noise', draw),
  });
}

export const noiseKind: OpKind<NoiseOp> = {
  source: false,
  draws: () => 'normal',
  yields: 'numbers',
  check: noise,
  shader: () => 'noise',
  parameters: ({ mean, std }) => ({ mean, std }),
  reference: () => (x, z, mean, std) => floatAdd(x, floatScaled(z, mean, std)),
};
