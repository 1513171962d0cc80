import { isArray, items, show } from '../check.js';

/** The axes along which an op measures. */
export interface Axes {
  /** Axes of the target's shape that are kept, in rising order; absent: all elements together. */
  readonly axis?: readonly number[];
}

/** A checked copy of `axis`, where it is given. */
export function axes(op: string, axis: unknown): Axes {
  if (axis === undefined) return {};
  let last = -1;
  const list = items(op, 'axis', isArray(axis) ? axis : [axis], (one) => {
    if (!Number.isInteger(one) || (one as number) <= last) throw wrong(op, show(one));
    last = one as number;
    return last;
  });
  if (list.length === 0) throw wrong(op, 'an empty list');
  return { axis: Object.freeze(list) };
}

function wrong(op: string, received: string): RangeError {
  return new RangeError(
    `${op}: axis must be a whole number ≥ 0 or a rising list of such, got ${received}`,
  );
}
