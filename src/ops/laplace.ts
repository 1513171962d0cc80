import { deviation, finite } from '../check.js';
import { type Parameter, parameter } from '../parameter.js';
import { floatAdd, floatScaled } from '../reference/float.js';
import { logarithm } from '../reference/logarithm.js';
import { unitOpen } from '../reference/unit.js';
import { DRAW_FIELDS, type DrawOptions, drawOptions } from './draw.js';
import { type OpKind, opFields } from './op.js';

/** x ← x + mean + scale·e with e Laplace-distributed, density ½·exp(−|e|); one sample per element. */
export interface LaplaceOp extends DrawOptions {
  readonly op: 'laplace';
  readonly mean: Parameter;
  readonly scale: Parameter;
}

/**
 * Adds Laplace noise: its standard deviation is √2·scale. The upper bit of each word is the sign, the
 * others make u = (k + ¼)·2^-31, k from 0 to 2^31 − 1, and |e| = −ln u, from 3.5e-10 to 22.9, within
 * 1.8e-7 of itself. In f32: t = fl(scale·e), t = fl(t + mean), x = fl(x + t); NaN and ±Infinity stay as
 * they are, a t below 2^-100 in magnitude adds nothing.
 *
 * @param options `mean` (default 0) and `scale` ≥ 0 (default 1), in the units of the elements
 * @throws {TypeError | RangeError} when one is not a finite f32 number, or scale is negative
 */
export function laplace(
  options: { mean?: Parameter; scale?: Parameter } & DrawOptions = {},
): LaplaceOp {
  const {
    mean = 0,
    scale = 1,
    ...draw
  } = opFields('laplace', options, ['mean', 'scale', ...DRAW_FIELDS]);
  return Object.freeze({
    op: 'laplace',
    mean: parameter('laplace', 'mean', mean, finite),
    scale: parameter('laplace', 'scale', scale, deviation),
    ...drawOptions('laplace', draw),
  });
}

export const laplaceKind: OpKind<LaplaceOp> = {
  source: false,
  draws: () => 'bits',
  yields: 'numbers',
  check: laplace,
  shader: () => 'laplace',
  parameters: ({ mean, scale }) => ({ mean, scale }),
  reference: () => (x, word, mean, scale) => {
    const magnitude = logarithm(unitOpen(word << 1), unitOpen(~(word << 1)));
    const e = word < 2 ** 31 ? magnitude : -magnitude;
    return floatAdd(x, floatScaled(e, mean, scale));
  },
};
