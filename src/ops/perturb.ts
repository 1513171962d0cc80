import { choice, deviation } from '../check.js';
import { type Parameter, parameter } from '../parameter.js';
import { floatAdd, floatMultiply } from '../reference/float.js';
import type { Statistic } from '../statistic.js';
import {
  drawOptions,
  NORMAL_DRAW_FIELDS,
  type NormalDraw,
  type NormalDrawOptions,
} from './draw.js';
import { type OpKind, opFields } from './op.js';

/** w ← w + sign·std·z, w·(1 + sign·std·z) or w + rms·sign·std·z; one sample per element. */
export interface PerturbOp extends NormalDraw {
  readonly op: 'perturb';
  readonly std: Parameter;
  readonly relative: 'none' | 'weight' | 'rms';
  readonly sign: 1 | -1;
}

/**
 * Perturbs weights with Gaussian noise. The same place in the stream with the other `sign` gives
 * the antithetic twin. In f32: t = fl(sign·std·z), for `relative: 'weight'` then t = fl(w·t), for 'rms'
 * t = fl(rms·t), w = fl(w + t); NaN and ±Infinity stay as they are, a t below 2^-100 in magnitude adds
 * nothing, and a subnormal weight counts as 0 in fl(w·t).
 *
 * For 'rms', the root mean square of each tensor's own weights is found first (of all that a target
 * holds; cut off after 24 bits, and 0 where there is NaN or infinity), and a chain is cut there: see
 * `chain.plan`.
 *
 * @param options `std` ≥ 0, in the units of the weights or, for `relative: 'weight'`, as a share of
 * each weight, or for 'rms' as a share of their root mean square; `relative` (default 'none'); `sign`
 * (default 1)
 * @throws {TypeError | RangeError} when a field is not one of these
 */
export function perturb(
  options: {
    std: Parameter;
    relative?: 'none' | 'weight' | 'rms';
    sign?: 1 | -1;
  } & NormalDrawOptions,
): PerturbOp {
  const given = opFields('perturb', options, ['std', 'relative', 'sign', ...NORMAL_DRAW_FIELDS]);
  const { std, relative = 'none', sign = 1 } = given;
  return Object.freeze({
    op: 'perturb',
    std: parameter('perturb', 'std', std, deviation),
    relative: choice('perturb', 'relative', relative, ['none', 'weight', 'rms']),
    sign: choice('perturb', 'sign', sign, [1, -1]),
    ...drawOptions('perturb', given),
  });
}

const { fround } = Math;

type Reference = ReturnType<OpKind<PerturbOp>['reference']>;

const REFERENCES: { readonly [R in PerturbOp['relative']]: Reference } = {
  none: (w, z, std, sign) => floatAdd(w, sign! * fround(std! * z)),
  weight: (w, z, std, sign) => floatAdd(w, floatMultiply(w, sign! * fround(std! * z))),
  rms: (w, z, std, sign, rms) => floatAdd(w, floatMultiply(rms!, sign! * fround(std! * z))),
};

const SHADERS = { none: 'perturb', weight: 'perturb_weight', rms: 'perturb_rms' } as const;

/** Each tensor's own. */
const RMS: Statistic = { statistic: 'rms', limit: 0, of: 'target' };

export const perturbKind: OpKind<PerturbOp> = {
  source: false,
  draws: () => 'normal',
  yields: 'numbers',
  check: perturb,
  shader: ({ relative }) => SHADERS[relative],
  parameters: ({ std, relative, sign }) => ({
    std,
    sign,
    ...(relative === 'rms' && { rms: RMS }),
  }),
  reference: ({ relative }) => REFERENCES[relative],
};
