import { count, show } from '../check.js';
import { product } from '../indices.js';

/** An axis as walked: `length` steps of `stride` elements. */
export interface Axis {
  readonly length: number;
  readonly stride: number;
}

/**
 * How the elements of a range fall into groups: one for every index along the axes that are kept,
 * in row-major order.
 */
export interface Groups {
  /** Groups. */
  readonly count: number;
  /** Elements of a group. */
  readonly size: number;
  /** Axes that tell groups apart, and axes within a group; innermost first, neighbours joined. */
  readonly kept: readonly Axis[];
  readonly reduced: readonly Axis[];
}

const MAX_AXES = 8;

/** Elements are counted in 32 bits; a quad may begin up to 3 before the last. */
const MAX_ELEMENTS = 2 ** 31;

const MAX_GROUPS = 2 ** 16;

/**
 * The groups of `elements` elements of a tensor in row-major order.
 *
 * @param shape lengths of the tensor's axes, outermost first; their product is `elements`
 * @param axis the axes that are kept, one or several in rising order; all others are reduced
 * @throws {TypeError | RangeError} naming the call, the field and the value
 */
export function groupsOf(call: string, elements: number, shape: unknown, axis: unknown): Groups {
  if (elements > MAX_ELEMENTS) {
    throw new RangeError(`${call}: target.count must be at most 2^31 elements, got ${elements}`);
  }
  if (shape === undefined && axis === undefined) return groups([elements], []);
  if (axis === undefined) throw new TypeError(`${call}: axis must be given with shape, got none`);
  if (shape === undefined) throw new TypeError(`${call}: shape must be given with axis, got none`);
  const lengths = lengthsOf(call, elements, shape);
  const kept = axesOf(call, lengths.length, axis);
  const made = groups(lengths, kept);
  if (made.count <= MAX_GROUPS) return made;
  throw new RangeError(`${call}: axis must keep at most ${MAX_GROUPS} indices, got ${made.count}`);
}

function lengthsOf(call: string, elements: number, shape: unknown): number[] {
  const isList = Array.isArray(shape);
  if (!isList) throw new TypeError(`${call}: shape must be an array, got ${show(shape)}`);
  if (shape.length < 1 || shape.length > MAX_AXES) {
    throw new RangeError(`${call}: shape must have 1 to ${MAX_AXES} axes, got ${shape.length}`);
  }
  const lengths = shape.map((length, index) =>
    count(call, `shape[${index}]`, length, MAX_ELEMENTS, 'elements'),
  );
  if (product(lengths) === elements) return lengths;
  throw new RangeError(
    `${call}: shape must hold the target's ${elements} elements, got ${lengths.join(' × ')}`,
  );
}

function axesOf(call: string, axes: number, axis: unknown): number[] {
  const list: unknown[] = Array.isArray(axis) ? axis : [axis];
  if (list.length === 0) throw new RangeError(`${call}: axis must name an axis, got an empty list`);
  const last = axes - 1;
  const kept = list.map((one) => count(call, 'axis', one, last, `of a shape with ${axes} axes`));
  if (kept.every((one, index) => index === 0 || one > kept[index - 1]!)) return kept;
  throw new RangeError(`${call}: axis must name axes in rising order, got ${kept.join(', ')}`);
}

function groups(shape: readonly number[], keptAxes: readonly number[]): Groups {
  const kept: Axis[] = [];
  const reduced: Axis[] = [];
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis]!;
    append(keptAxes.includes(axis) ? kept : reduced, { length, stride });
    stride *= length;
  }
  return { count: lengthOf(kept), size: lengthOf(reduced), kept, reduced };
}

/** Adds the next axis outwards; one that goes on where the last one ends only lengthens it. */
function append(axes: Axis[], next: Axis): void {
  if (next.length === 1) return;
  const last = axes.at(-1);
  if (last && last.length * last.stride === next.stride) {
    axes[axes.length - 1] = { length: last.length * next.length, stride: last.stride };
  } else axes.push(next);
}

function lengthOf(axes: readonly Axis[]): number {
  return product(axes.map(({ length }) => length));
}

/** Whether elements 4k to 4k + 3 of each group lie side by side in memory. */
export function areNeighbours({ size, reduced }: Groups): boolean {
  const [innermost] = reduced;
  if (!innermost) return true;
  return innermost.stride === 1 && (innermost.length === size || innermost.length % 4 === 0);
}

/** Where an index along some axes is, in elements. */
export function placeOf(index: number, axes: readonly Axis[]): number {
  let rest = index;
  let place = 0;
  for (const { length, stride } of axes) {
    place += (rest % length) * stride;
    rest = Math.floor(rest / length);
  }
  return place;
}
