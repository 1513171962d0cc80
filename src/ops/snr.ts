import { isBuffer } from '../buffer.js';
import { finite } from '../check.js';
import { amplitudeRatio } from '../decibels.js';
import { type Parameter, type PerAxis, parameter, perAxis } from '../parameter.js';
import { floatAdd, floatMultiply } from '../reference/float.js';
import { type Axes, axes } from './axes.js';
import {
  drawOptions,
  NORMAL_DRAW_FIELDS,
  type NormalDraw,
  type NormalDrawOptions,
} from './draw.js';
import { type OpKind, opFields } from './op.js';

/** x ← x + rms·10^(−db / 20)·z, with the root mean square of all elements, or along axes. */
export interface SnrOp extends NormalDraw, Axes {
  readonly op: 'snr';
  readonly db: number | PerAxis;
}

/**
 * Adds Gaussian noise at a signal-to-noise ratio: its variance is the mean square of the elements
 * before it, times 10^(−db / 10); a target's own, or that of each index along the axes that are kept, such
 * as the clips of a batch. In f32: r = fl(10^(−db / 20)), s = fl(rms·r), x = fl(x + fl(s·z)); the rms is
 * cut off after 24 bits, and known to 2^-31·√n of itself or better. Elements with NaN or infinity among
 * them stay as they are. The tensors of a list have each their own.
 *
 * Needs to know all elements, so that a chain is cut before it: see `chain.plan`.
 *
 * @param options `db`: 10·log10(signal power / noise power), from −600 to 600; a number, or a list by
 * `perAxis`; `axis`: the axes of the target's shape that are KEPT, one or several in rising order
 * (default: one rms of all)
 * @throws {TypeError | RangeError} when one is none of these
 */
export function snr(
  options: { db: number | PerAxis; axis?: number | readonly number[] } & NormalDrawOptions,
): SnrOp {
  const { db, axis, ...draw } = opFields('snr', options, ['db', 'axis', ...NORMAL_DRAW_FIELDS]);
  return Object.freeze({
    op: 'snr',
    db: level(parameter('snr', 'db', db, decibels)),
    ...axes('snr', axis),
    ...drawOptions('snr', draw),
  });
}

function decibels(op: string, field: string, value: unknown): number {
  const db = finite(op, field, value);
  if (Math.abs(db) <= 600) return db;
  throw new RangeError(`${op}: ${field} must be from -600 to 600, got ${value}`);
}

/** Decibels become ratios on the CPU. */
function level(db: Parameter): number | PerAxis {
  if (typeof db === 'number') return db;
  if ('perAxis' in db && !isBuffer(db.values)) return db;
  throw new TypeError('snr: db must be a number or a list by perAxis, got numbers in a buffer');
}

const ratioOf = (db: number) => amplitudeRatio(-db);

/** The ratios of lists that cannot change, so that a list becomes one table, once. */
const ratios = new WeakMap<PerAxis, PerAxis>();

function ratiosOf(db: PerAxis): PerAxis {
  const known = ratios.get(db) ?? perAxis(db.perAxis, (db.values as number[]).map(ratioOf));
  ratios.set(db, known);
  return known;
}

export const snrKind: OpKind<SnrOp> = {
  source: false,
  draws: () => 'normal',
  yields: 'numbers',
  check: snr,
  shader: () => 'snr',
  parameters: ({ db, axis }) => ({
    ratio: typeof db === 'number' ? ratioOf(db) : ratiosOf(db),
    rms: { statistic: 'rms', limit: 0, axes: axis, of: 'target' },
  }),
  reference: () => (x, z, ratio, rms) => floatAdd(x, Math.fround(floatMultiply(rms!, ratio!) * z)),
};
