import { finite } from '../check.js';
import { floatClamp, floatMultiply } from '../reference/float.js';
import { poissonCount } from '../reference/poisson.js';
import { DRAW_FIELDS, type DrawOptions, drawOptions } from './draw.js';
import { type OpKind, opFields } from './op.js';

/** x ← Poisson(scale·x) / scale; one sample per element. */
export interface PoissonOp extends DrawOptions {
  readonly op: 'poisson';
  readonly scale: number;
}

/** The largest f32. */
const LARGEST = (2 - 2 ** -23) * 2 ** 127;

/**
 * Shot noise: counts instead of expected counts, as a sensor's photons; variance x / scale. Rates
 * r = fl(scale·x) below 16 by inversion of the distribution function, within 8e-7; others by
 * Giles' normal expansion, within 1.8e-5 at r = 16 and less for larger r (DOI 10.1145/2699466). In f32:
 * x = fl(count·fl(1 / scale)). A negative x counts as 0; NaN and Infinity stay as they are; counts beyond
 * 2^24 are rounded to f32.
 *
 * @param options `scale` > 0 (default 1), in counts per unit of x
 * @throws {TypeError | RangeError} when scale is not a number from 2^-100 to 2^100
 */
export function poisson(options: { scale?: number } & DrawOptions = {}): PoissonOp {
  const { scale = 1, ...draw } = opFields('poisson', options, ['scale', ...DRAW_FIELDS]);
  return Object.freeze({
    op: 'poisson',
    scale: positive(scale),
    ...drawOptions('poisson', draw),
  });
}

/** A scale whose reciprocal is as far from the ends of f32 as itself. */
function positive(scale: unknown): number {
  if (typeof scale === 'number' && !(scale >= 2 ** -100 && scale <= 2 ** 100)) {
    throw new RangeError(`poisson: scale must be a number > 0, from 2^-100 to 2^100, got ${scale}`);
  }
  return finite('poisson', 'scale', scale);
}

export const poissonKind: OpKind<PoissonOp> = {
  source: false,
  draws: () => 'bits',
  yields: 'numbers',
  check: poisson,
  shader: () => 'poisson',
  parameters: ({ scale }) => ({ scale, inverse: Math.fround(1 / scale) }),
  reference: () => (x, word, scale, inverse) => {
    if (Number.isNaN(x) || x === Infinity) return x;
    const rate = floatClamp(floatMultiply(x, scale), 0, LARGEST);
    return floatMultiply(poissonCount(word, rate), inverse);
  },
};
