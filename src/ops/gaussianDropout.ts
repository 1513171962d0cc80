import { share } from '../check.js';
import {
  drawOptions,
  NORMAL_DRAW_FIELDS,
  type NormalDraw,
  type NormalDrawOptions,
} from './draw.js';
import { type OpKind, opFields } from './op.js';
import { speckled } from './speckle.js';

/** x ← x·(1 + s·z), s² = rate / (1 − rate), z standard normal; one sample per element. */
export interface GaussianDropoutOp extends NormalDraw {
  readonly op: 'gaussianDropout';
  readonly rate: number;
}

/**
 * Multiplies by noise of mean 1 and the variance that dropout at the same rate has, as Keras'
 * GaussianDropout: Srivastava et al., "Dropout", JMLR 15 (2014), section 10. Computed as
 * `speckle({ std: √(rate / (1 − rate)) })`.
 *
 * @param options `rate`, 0 ≤ rate < 1
 * @throws {TypeError | RangeError} when it is not
 */
export function gaussianDropout(options: { rate: number } & NormalDrawOptions): GaussianDropoutOp {
  const { rate, ...draw } = opFields('gaussianDropout', options, ['rate', ...NORMAL_DRAW_FIELDS]);
  return Object.freeze({
    op: 'gaussianDropout',
    rate: share('gaussianDropout', 'rate', rate),
    ...drawOptions('gaussianDropout', draw),
  });
}

export const gaussianDropoutKind: OpKind<GaussianDropoutOp> = {
  source: false,
  draws: () => 'normal',
  yields: 'numbers',
  check: gaussianDropout,
  shader: () => 'speckle',
  parameters: ({ rate }) => ({ mean: 0, std: Math.fround(Math.sqrt(rate / (1 - rate))) }),
  reference: () => speckled,
};
