import { finite, probability } from '../check.js';
import { type Parameter, parameter } from '../parameter.js';
import { unit } from '../reference/unit.js';
import { DRAW_FIELDS, type DrawOptions, drawOptions } from './draw.js';
import { type OpKind, opFields } from './op.js';

/** x ← high or low with probability p, else x; one sample per element. */
export interface SaltPepperOp extends DrawOptions {
  readonly op: 'saltPepper';
  readonly p: number;
  readonly ratio: number;
  readonly low: Parameter;
  readonly high: Parameter;
}

/**
 * Replaces elements by extremes, as dead and hot pixels do. In f32: u = (word >> 8)·2^-24; `high`
 * (salt) if u < fl(p·ratio), else `low` (pepper) if u < p, else x.
 *
 * @param options `p` in [0, 1]; `ratio`, the share of salt, in [0, 1] (default 0.5); `low` (default 0)
 * and `high` (default 1), in the units of the elements
 * @throws {TypeError | RangeError} when p or ratio is outside [0, 1], or low or high is not a finite
 * f32 number
 */
export function saltPepper(
  options: {
    p: number;
    ratio?: number;
    low?: Parameter;
    high?: Parameter;
  } & DrawOptions,
): SaltPepperOp {
  const given = opFields('saltPepper', options, ['p', 'ratio', 'low', 'high', ...DRAW_FIELDS]);
  const { p, ratio = 0.5, low = 0, high = 1 } = given;
  return Object.freeze({
    op: 'saltPepper',
    p: probability('saltPepper', 'p', p),
    ratio: probability('saltPepper', 'ratio', ratio),
    low: parameter('saltPepper', 'low', low, finite),
    high: parameter('saltPepper', 'high', high, finite),
    ...drawOptions('saltPepper', given),
  });
}

export const saltPepperKind: OpKind<SaltPepperOp> = {
  source: false,
  draws: () => 'bits',
  yields: 'numbers',
  check: saltPepper,
  shader: () => 'salt_pepper',
  parameters: ({ p, ratio, low, high }) => ({ p, salt: Math.fround(p * ratio), low, high }),
  reference: () => (x, word, p, salt, low, high) => {
    const u = unit(word);
    if (u < p) return u < salt ? high : low;
    return x;
  },
};
