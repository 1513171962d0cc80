import { show } from '../check.js';
import { type Parameter, parameter } from '../parameter.js';
import { floatClamp } from '../reference/float.js';
import { type OpKind, opFields } from './op.js';

/** x ← min(max(x, min), max); draws nothing. A bound that is left out does not bind. */
export interface ClipOp {
  readonly op: 'clip';
  readonly min?: Parameter;
  readonly max?: Parameter;
}

/**
 * Brings every element into [min, max]. NaN stays NaN, −0 counts as less than +0.
 *
 * @param options `min` (default −Infinity) and `max` (default Infinity), in the units of the
 * elements, rounded to f32; min(max(x, min), max) where they vary and min > max
 * @throws {TypeError | RangeError} when one is not a number or NaN, or min > max
 */
export function clip(options: { min?: Parameter; max?: Parameter }): ClipOp {
  const { min = -Infinity, max = Infinity } = opFields('clip', options, ['min', 'max']);
  const low = parameter('clip', 'min', min, lowBound);
  const high = parameter('clip', 'max', max, highBound);
  if (typeof low === 'number' && typeof high === 'number' && low > high) {
    throw new RangeError(`clip: min must be ≤ max, got min ${low} and max ${high}`);
  }
  // Infinity would not survive JSON.
  return Object.freeze({
    op: 'clip',
    ...(low !== -Infinity && { min: low }),
    ...(high !== Infinity && { max: high }),
  });
}

/** A bound in f32: any number but NaN and the infinity that would leave no numbers. */
const bound = (none: number) => (op: string, field: string, value: unknown) => {
  if (value === none) return none;
  if (typeof value !== 'number') {
    throw new TypeError(`${op}: ${field} must be a number, got ${show(value)}`);
  }
  const rounded = Math.fround(value);
  if (Number.isNaN(rounded) || rounded === -none) {
    throw new RangeError(`${op}: ${field} must be a number in the range of f32, got ${value}`);
  }
  return rounded;
};

const lowBound = bound(-Infinity);
const highBound = bound(Infinity);

export const clipKind: OpKind<ClipOp> = {
  source: false,
  draws: () => 'nothing',
  yields: 'numbers',
  check: clip,
  shader: () => 'clip',
  parameters: ({ min = -Infinity, max = Infinity }) => ({ min, max }),
  reference: () => (x, _, min, max) => floatClamp(x, min, max),
};
