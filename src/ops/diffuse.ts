import { finite } from '../check.js';
import { type Parameter, parameter } from '../parameter.js';
import { floatAdd, floatMultiply } from '../reference/float.js';
import {
  drawOptions,
  NORMAL_DRAW_FIELDS,
  type NormalDraw,
  type NormalDrawOptions,
} from './draw.js';
import { type OpKind, opFields } from './op.js';

/** x ← a·x + b·z with z standard normal; one sample per element. */
export interface DiffuseOp extends NormalDraw {
  readonly op: 'diffuse';
  readonly a: Parameter;
  readonly b: Parameter;
}

/**
 * One step of the forward process of a diffusion model: a = √ᾱ, b = √(1 − ᾱ) take clean data to its
 * noise level (Ho, Jain, Abbeel, "Denoising diffusion probabilistic models", 2020,
 * https://arxiv.org/abs/2006.11239, equation 4). In f32: s = fl(a·x), t = fl(b·z), x = fl(s + t). NaN stays,
 * ±Infinity takes the sign of a; s and t below 2^-100 in magnitude are 0.
 *
 * @param options `a` and `b`
 * @throws {TypeError | RangeError} when one is not a finite f32 number
 */
export function diffuse(options: { a: Parameter; b: Parameter } & NormalDrawOptions): DiffuseOp {
  const { a, b, ...draw } = opFields('diffuse', options, ['a', 'b', ...NORMAL_DRAW_FIELDS]);
  return Object.freeze({
    op: 'diffuse',
    a: parameter('diffuse', 'a', a, finite),
    b: parameter('diffuse', 'b', b, finite),
    ...drawOptions('diffuse', draw),
  });
}

export const diffuseKind: OpKind<DiffuseOp> = {
  source: false,
  draws: () => 'normal',
  yields: 'numbers',
  check: diffuse,
  shader: () => 'diffuse',
  parameters: ({ a, b }) => ({ a, b }),
  reference: () => (x, z, a, b) => floatAdd(floatMultiply(x, a), Math.fround(b * z)),
};
