import { fields, finite, isArray, items, probability, show } from '../check.js';
import { type Matrix, matrixOf } from '../matrix.js';

/**
 * How a random op draws where it is not one sample for each element and always. Axes are whole numbers
 * from 0; a run throws a RangeError where the target's shape has no such axis, and a TypeError where it
 * has no shape.
 */
export interface DrawOptions {
  /**
   * Axes of the target's shape, at least one, along which all elements share one sample: the channels
   * for monochrome noise, the batch for the same noise in all of it. An op that shares draws fewer
   * samples, in the order of the elements that it still tells apart.
   */
  readonly share?: readonly number[];
  /**
   * Elements change with probability `p`, 0 to 1, together for each place along `axis`, or each for
   * itself where there is none. Draws one more sample for each place, or element, after those of the op.
   */
  readonly apply?: { readonly p: number; readonly axis?: number };
}

/** How an op that draws normals does, besides. */
export interface NormalDrawOptions extends DrawOptions {
  /**
   * Mixes the draws across the channels, the places along `axis` of the target's shape (default: its
   * last): channel c gets z'_c = Σ_k matrix[c, k]·z_k, where z_k is what channel k would have drawn at
   * the same place along the other axes. By the `choleskyFactor` of a covariance matrix, z' has
   * that covariance. How many samples are drawn does not change. In f32, with t = 0 at first: for
   * each k in turn p = fl(matrix[c, k]·z_k), t = fl(t + p); a p or a last t below 2^-100 in magnitude is 0.
   * A run throws a RangeError where the axis is not as long as the matrix is wide, or is shared.
   */
  readonly channels?: Matrix | { readonly matrix: Matrix; readonly axis?: number };
}

/** What an op keeps of `channels`. */
export interface Mixing {
  /** Column after column, 4, 9 or 16 numbers of f32. */
  readonly matrix: readonly number[];
  /** Default: the last. */
  readonly axis?: number;
}

/** How an op that draws normals does, as it keeps it. */
export interface NormalDraw extends DrawOptions {
  readonly channels?: Mixing;
}

/** The names of the fields of DrawOptions, and of NormalDrawOptions. */
export const DRAW_FIELDS = ['share', 'apply'] as const;
export const NORMAL_DRAW_FIELDS = [...DRAW_FIELDS, 'channels'] as const;

/** Checked copies of the fields of NormalDrawOptions that are there. */
export function drawOptions(
  op: string,
  given: { share?: unknown; apply?: unknown; channels?: unknown },
): NormalDraw {
  const { share, apply, channels } = given;
  return {
    ...(share !== undefined && { share: axes(op, share) }),
    ...(apply !== undefined && { apply: application(op, apply) }),
    ...(channels !== undefined && { channels: mixing(op, channels) }),
  };
}

function axes(op: string, share: unknown): readonly number[] {
  const list = isArray(share)
    ? items(op, 'share', share, (axis) => checkAxis(op, 'share', axis))
    : [];
  if (list.length === 0) {
    throw new TypeError(`${op}: share must be a list of axes, got ${show(share)}`);
  }
  return Object.freeze([...new Set(list)].sort((a, b) => a - b));
}

function application(op: string, apply: unknown): NonNullable<DrawOptions['apply']> {
  const { p, axis } = fields(op, apply, ['p', 'axis'], 'apply');
  return Object.freeze({
    p: probability(op, 'apply.p', p),
    ...(axis !== undefined && { axis: checkAxis(op, 'apply.axis', axis) }),
  });
}

function mixing(op: string, channels: unknown): Mixing {
  const bare = isArray(channels) || ArrayBuffer.isView(channels);
  const { matrix, axis } = bare
    ? { matrix: channels }
    : fields(op, channels, ['matrix', 'axis'], 'channels');
  const { columns } = matrixOf(op, bare ? 'channels' : 'channels.matrix', matrix, finite);
  return Object.freeze({
    // JSON has no −0; it mixes as 0 does.
    matrix: Object.freeze(columns.map((number) => number + 0)),
    ...(axis !== undefined && { axis: checkAxis(op, 'channels.axis', axis) }),
  });
}

function checkAxis(op: string, field: string, axis: unknown): number {
  if (Number.isInteger(axis) && (axis as number) >= 0) return axis as number;
  throw new RangeError(`${op}: ${field} must hold whole numbers ≥ 0, got ${show(axis)}`);
}
