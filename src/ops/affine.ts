import { finite } from '../check.js';
import { type Parameter, parameter } from '../parameter.js';
import { floatAdd, floatMultiply } from '../reference/float.js';
import { type OpKind, opFields } from './op.js';

/** x ← x·scale + shift; draws nothing. */
export interface AffineOp {
  readonly op: 'affine';
  readonly scale: Parameter;
  readonly shift: Parameter;
}

/**
 * Scales and shifts, for normalisation before or after noise. In f32: t = fl(x·scale),
 * x = fl(t + shift). NaN stays, ±Infinity takes the sign of scale; a product or a shift below 2^-100 in
 * magnitude is 0, and so is the product of a subnormal x.
 *
 * @param options `scale` (default 1) and `shift` (default 0)
 * @throws {TypeError | RangeError} when one is not a finite f32 number
 */
export function affine(options: { scale?: Parameter; shift?: Parameter }): AffineOp {
  const { scale = 1, shift = 0 } = opFields('affine', options, ['scale', 'shift']);
  return Object.freeze({
    op: 'affine',
    scale: parameter('affine', 'scale', scale, finite),
    shift: parameter('affine', 'shift', shift, finite),
  });
}

export const affineKind: OpKind<AffineOp> = {
  source: false,
  draws: () => 'nothing',
  yields: 'numbers',
  check: affine,
  shader: () => 'affine',
  parameters: ({ scale, shift }) => ({ scale, shift }),
  reference: () => (x, _, scale, shift) => floatAdd(floatMultiply(x, scale), shift),
};
