import { finite } from '../check.js';
import { floatMultiply } from '../reference/float.js';
import { type Axes, axes } from './axes.js';
import { type OpKind, opFields } from './op.js';

/** x ← x·min(1, max / ‖x‖), with the norm of all elements, or along axes; draws nothing. */
export interface ClipNormOp extends Axes {
  readonly op: 'clipNorm';
  readonly max: number;
}

/**
 * Scales elements down to an L2 norm of at most `max`: all together, or for each index along the axes
 * that are kept, as DP-SGD clips the gradient of each sample (Abadi et al. 2016, "Deep learning with
 * differential privacy", DOI 10.1145/2976749.2978318). The tensors of a list count as one: the norm at an
 * index is that of all their elements there. x becomes fl(x·f), where f ≤ 1 is max / norm, cut off after
 * 24 bits; the norm is found to 2^-31·√n of itself or better. What is within the norm, and what holds NaN
 * or infinity, stays as it is.
 *
 * Needs to know all elements, so that a chain is cut before it: see `chain.plan`.
 *
 * @param options `max`, at least 2^-100, in the units of the elements; `axis`: the axes of the target's
 * shape that are KEPT, one or several in rising order (default: one norm of all)
 * @throws {TypeError | RangeError} when one is none of these
 */
export function clipNorm(options: { max: number; axis?: number | readonly number[] }): ClipNormOp {
  const { max, axis } = opFields('clipNorm', options, ['max', 'axis']);
  const limit = finite('clipNorm', 'max', max);
  if (limit < 2 ** -100) {
    throw new RangeError(`clipNorm: max must be at least 2^-100, got ${max}`);
  }
  return Object.freeze({ op: 'clipNorm', max: limit, ...axes('clipNorm', axis) });
}

export const clipNormKind: OpKind<ClipNormOp> = {
  source: false,
  draws: () => 'nothing',
  yields: 'numbers',
  check: clipNorm,
  shader: () => 'clip_norm',
  parameters: ({ max, axis }) => ({
    factor: { statistic: 'norm', limit: max, axes: axis, of: 'list' },
  }),
  reference: () => (x, _, factor) => (factor === 1 ? x : floatMultiply(x, factor)),
};
