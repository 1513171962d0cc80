import { deviation, finite } from '../check.js';
import { type Parameter, parameter } from '../parameter.js';
import { floatAdd, floatMultiply, floatScaled } from '../reference/float.js';
import {
  drawOptions,
  NORMAL_DRAW_FIELDS,
  type NormalDraw,
  type NormalDrawOptions,
} from './draw.js';
import { type OpKind, opFields } from './op.js';

/** x ← x + x·(mean + std·z) with z standard normal; one sample per element. */
export interface SpeckleOp extends NormalDraw {
  readonly op: 'speckle';
  readonly mean: Parameter;
  readonly std: Parameter;
}

/**
 * Multiplies by noise, as coherent imaging (radar, ultrasound, laser) does. In f32: t = fl(std·z),
 * t = fl(t + mean), t = fl(x·t), x = fl(x + t); NaN and ±Infinity stay as they are, a t below 2^-100
 * in magnitude adds nothing, and a subnormal x counts as 0 in fl(x·t).
 *
 * @param options `mean` (default 0) and `std` ≥ 0 (default 1), as shares of each element
 * @throws {TypeError | RangeError} when one is not a finite f32 number, or std is negative
 */
export function speckle(
  options: { mean?: Parameter; std?: Parameter } & NormalDrawOptions = {},
): SpeckleOp {
  const {
    mean = 0,
    std = 1,
    ...draw
  } = opFields('speckle', options, ['mean', 'std', ...NORMAL_DRAW_FIELDS]);
  return Object.freeze({
    op: 'speckle',
    mean: parameter('speckle', 'mean', mean, finite),
    std: parameter('speckle', 'std', std, deviation),
    ...drawOptions('speckle', draw),
  });
}

/** The CPU twin of shaders/op/speckle.wgsl. */
export function speckled(x: number, z: number, mean: number, std: number): number {
  return floatAdd(x, floatMultiply(x, floatScaled(z, mean, std)));
}

export const speckleKind: OpKind<SpeckleOp> = {
  source: false,
  draws: () => 'normal',
  yields: 'numbers',
  check: speckle,
  shader: () => 'speckle',
  parameters: ({ mean, std }) => ({ mean, std }),
  reference: () => speckled,
};
