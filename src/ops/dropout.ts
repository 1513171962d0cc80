import { share } from '../check.js';
import { floatMultiply } from '../reference/float.js';
import { unit } from '../reference/unit.js';
import { DRAW_FIELDS, type DrawOptions, drawOptions } from './draw.js';
import { type OpKind, opFields } from './op.js';

/** x ← 0 with probability rate, else x / (1 − rate); one sample per element. */
export interface DropoutOp extends DrawOptions {
  readonly op: 'dropout';
  readonly rate: number;
}

/**
 * Drops elements and scales the others up, so that the mean stays, as Keras' Dropout in training.
 * In f32: u = (word >> 8)·2^-24; 0 if u < rate, else fl(x·scale) with scale = fl(1 / (1 − rate)). NaN
 * and ±Infinity that are not dropped stay; a product below 2^-100 in magnitude is 0.
 *
 * @param options `rate`, 0 ≤ rate < 1
 * @throws {TypeError | RangeError} when it is not
 */
export function dropout(options: { rate: number } & DrawOptions): DropoutOp {
  const { rate, ...draw } = opFields('dropout', options, ['rate', ...DRAW_FIELDS]);
  return Object.freeze({
    op: 'dropout',
    rate: share('dropout', 'rate', rate),
    ...drawOptions('dropout', draw),
  });
}

export const dropoutKind: OpKind<DropoutOp> = {
  source: false,
  draws: () => 'bits',
  yields: 'numbers',
  check: dropout,
  shader: () => 'dropout',
  parameters: ({ rate }) => ({ rate, scale: Math.fround(1 / (1 - rate)) }),
  reference: () => (x, word, rate, scale) => (unit(word) < rate ? 0 : floatMultiply(x, scale)),
};
