import { fields, show } from '../check.js';
import { floatClamp } from '../reference/float.js';
import type { OpKind } from './op.js';

/** x ← min(max(x, min), max); draws nothing. */
export interface ClipOp {
  readonly op: 'clip';
  readonly min: number;
  readonly max: number;
}

/**
 * Brings every element into [min, max]. NaN stays NaN, −0 counts as less than +0.
 *
 * @param options `min` (default −Infinity) and `max` (default Infinity), in the units of the
 * elements, rounded to f32
 * @throws {TypeError | RangeError} when one is not a number or NaN, or min > max
 */
export function clip(options: { min?: number; max?: number }): ClipOp {
  const { min = -Infinity, max = Infinity } = fields('clip', options, ['op', 'min', 'max']);
  const op = { op: 'clip', min: bound('min', min), max: bound('max', max) } as const;
  if (op.min > op.max) {
    throw new RangeError(`clip: min must be ≤ max, got min ${op.min} and max ${op.max}`);
  }
  return Object.freeze(op);
}

function bound(field: string, value: unknown): number {
  if (typeof value !== 'number') {
    throw new TypeError(`clip: ${field} must be a number, got ${show(value)}`);
  }
  if (Number.isNaN(value)) throw new RangeError(`clip: ${field} must be a number, got NaN`);
  return Math.fround(value);
}

export const clipKind: OpKind<ClipOp> = {
  source: false,
  draws: 'nothing',
  yields: 'numbers',
  check: clip,
  shader: () => 'clip',
  values: ({ min, max }) => [min, max, 0, 0],
  reference:
    () =>
    (x, _, [min, max]) =>
      floatClamp(x, min, max),
};
