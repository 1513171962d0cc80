import { show } from '../check.js';
import { floatClamp } from '../reference/float.js';
import { type OpKind, opFields } from './op.js';

/** x ← min(max(x, min), max); draws nothing. A bound that is left out does not bind. */
export interface ClipOp {
  readonly op: 'clip';
  readonly min?: number;
  readonly max?: number;
}

/**
 * Brings every element into [min, max]. NaN stays NaN, −0 counts as less than +0.
 *
 * @param options `min` (default −Infinity) and `max` (default Infinity), in the units of the
 * elements, rounded to f32
 * @throws {TypeError | RangeError} when one is not a number or NaN, or min > max
 */
export function clip(options: { min?: number; max?: number }): ClipOp {
  const given = opFields('clip', options, ['min', 'max']);
  const min = bound('min', given.min, -Infinity);
  const max = bound('max', given.max, Infinity);
  if (min > max) throw new RangeError(`clip: min must be ≤ max, got min ${min} and max ${max}`);
  // Infinity would not survive JSON.
  return Object.freeze({
    op: 'clip',
    ...(Number.isFinite(min) && { min }),
    ...(Number.isFinite(max) && { max }),
  });
}

/** A bound in f32: any number but NaN and the infinity that would leave no numbers. */
function bound(field: string, value: unknown, none: number): number {
  if (value === undefined) return none;
  if (typeof value !== 'number') {
    throw new TypeError(`clip: ${field} must be a number, got ${show(value)}`);
  }
  const rounded = Math.fround(value);
  if (Number.isNaN(rounded) || rounded === -none) {
    throw new RangeError(`clip: ${field} must be a number in the range of f32, got ${value}`);
  }
  return rounded;
}

export const clipKind: OpKind<ClipOp> = {
  source: false,
  draws: 'nothing',
  yields: 'numbers',
  check: clip,
  shader: () => 'clip',
  values: ({ min = -Infinity, max = Infinity }) => [min, max],
  reference: () => (x, _, min, max) => floatClamp(x, min, max),
};
