import { fields, probability, show } from '../check.js';

/** How a random op draws where it is not one sample for each element and always. */
export interface DrawOptions {
  /**
   * Axes of the target's shape along which all elements share one sample: the channels for
   * monochrome noise, the batch for the same noise in all of it. An op that shares draws fewer
   * samples, in the order of the elements that it still tells apart.
   */
  readonly share?: readonly number[];
  /**
   * Elements change with probability `p`, together for each place along `axis`, or each for itself
   * where there is none. Draws one more sample for each place, or element, after those of the op.
   */
  readonly apply?: { readonly p: number; readonly axis?: number };
}

/** The names of DrawOptions' fields. */
export const DRAW_FIELDS = ['share', 'apply'] as const;

/** Checked copies of the fields of DrawOptions that are there. */
export function drawOptions(op: string, given: { share?: unknown; apply?: unknown }): DrawOptions {
  const { share, apply } = given;
  return {
    ...(share !== undefined && { share: axes(op, share) }),
    ...(apply !== undefined && { apply: application(op, apply) }),
  };
}

function axes(op: string, share: unknown): readonly number[] {
  if (!Array.isArray(share) || share.length === 0) {
    throw new TypeError(`${op}: share must be a list of axes, got ${show(share)}`);
  }
  for (const axis of share) checkAxis(op, 'share', axis);
  return Object.freeze([...new Set(share)].sort((a, b) => a - b));
}

function application(op: string, apply: unknown): NonNullable<DrawOptions['apply']> {
  const { p, axis } = fields(op, apply, ['p', 'axis'], 'apply');
  if (axis !== undefined) checkAxis(op, 'apply.axis', axis);
  return Object.freeze({
    p: probability(op, 'apply.p', p),
    ...(axis !== undefined && { axis: axis as number }),
  });
}

function checkAxis(op: string, field: string, axis: unknown): void {
  if (Number.isInteger(axis) && (axis as number) >= 0) return;
  throw new RangeError(`${op}: ${field} must hold whole numbers ≥ 0, got ${show(axis)}`);
}
