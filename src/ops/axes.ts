import { show } from '../check.js';

/** The axes along which an op measures. */
export interface Axes {
  /** Axes of the target's shape that are kept, in rising order; absent: all elements together. */
  readonly axis?: readonly number[];
}

/** A checked copy of `axis`, where it is given. */
export function axes(op: string, axis: unknown): Axes {
  if (axis === undefined) return {};
  const list: readonly unknown[] = Array.isArray(axis) ? axis : [axis];
  const isAxis = (one: unknown) => Number.isInteger(one) && (one as number) >= 0;
  const wrong = list.findIndex((one, i) => !isAxis(one) || (i > 0 && one! <= list[i - 1]!));
  if (list.length > 0 && wrong < 0) return { axis: Object.freeze([...list] as number[]) };
  throw new RangeError(
    `${op}: axis must be a whole number ≥ 0 or a rising list of such, got ` +
      `${list.length > 0 ? show(list[wrong]) : 'an empty list'}`,
  );
}
