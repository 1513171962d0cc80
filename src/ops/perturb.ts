import { choice, deviation } from '../check.js';
import { type Parameter, parameter } from '../parameter.js';
import { floatAdd, floatMultiply } from '../reference/float.js';
import {
  drawOptions,
  NORMAL_DRAW_FIELDS,
  type NormalDraw,
  type NormalDrawOptions,
} from './draw.js';
import { type OpKind, opFields } from './op.js';

/** w ← w + sign·std·z, or w ← w·(1 + sign·std·z); one sample per element. */
export interface PerturbOp extends NormalDraw {
  readonly op: 'perturb';
  readonly std: Parameter;
  readonly relative: 'none' | 'weight';
  readonly sign: 1 | -1;
}

/**
 * Perturbs weights with Gaussian noise. The same place in the stream with the other `sign` gives
 * the antithetic twin. In f32: t = fl(sign·std·z), for `relative: 'weight'` then t = fl(w·t),
 * w = fl(w + t); NaN and ±Infinity stay as they are, a t below 2^-100 in magnitude adds nothing,
 * and a subnormal weight counts as 0 in fl(w·t).
 *
 * @param options `std` ≥ 0, in the units of the weights or, for `relative: 'weight'`, as a share of
 * each weight; `relative` (default 'none'); `sign` (default 1)
 * @throws {TypeError | RangeError} when a field is not one of these
 */
export function perturb(
  options: {
    std: Parameter;
    relative?: 'none' | 'weight';
    sign?: 1 | -1;
  } & NormalDrawOptions,
): PerturbOp {
  const given = opFields('perturb', options, ['std', 'relative', 'sign', ...NORMAL_DRAW_FIELDS]);
  const { std, relative = 'none', sign = 1 } = given;
  return Object.freeze({
    op: 'perturb',
    std: parameter('perturb', 'std', std, deviation),
    relative: choice('perturb', 'relative', relative, ['none', 'weight']),
    sign: choice('perturb', 'sign', sign, [1, -1]),
    ...drawOptions('perturb', given),
  });
}

const { fround } = Math;

export const perturbKind: OpKind<PerturbOp> = {
  source: false,
  draws: () => 'normal',
  yields: 'numbers',
  check: perturb,
  shader: ({ relative }) => (relative === 'weight' ? 'perturb_weight' : 'perturb'),
  parameters: ({ std, sign }) => ({ std, sign }),
  reference: ({ relative }) =>
    relative === 'weight'
      ? (w, z, std, sign) => floatAdd(w, floatMultiply(w, sign * fround(std * z)))
      : (w, z, std, sign) => floatAdd(w, sign * fround(std * z)),
};
