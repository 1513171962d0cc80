import { count, isArray, items } from '../check.js';
import { product } from '../indices.js';
import type { Elements } from '../parameter.js';

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

/** The most axes that a kernel walks, neighbours joined: shaders/lib/reduce/walk.wgsl. */
const MAX_RUNS = 4;

/** Elements are counted in 32 bits; a quad may begin up to 3 before the last. */
const MAX_ELEMENTS = 2 ** 31;

const MAX_GROUPS = 2 ** 16;

/**
 * The groups of a range's elements.
 *
 * @param axis the axes of the range's shape that are kept, one or several in rising order; all others
 * are reduced. All elements are one group where it is left out.
 * @param name how messages call it
 * @throws {TypeError | RangeError} naming the call, the field and the value
 */
export function groupsOf(
  call: string,
  { name: target = 'target', count: elements, shape }: Elements,
  axis: unknown,
  name = 'axis',
): Groups {
  if (elements > MAX_ELEMENTS) {
    throw new RangeError(`${call}: ${target}.count must be at most 2^31 elements, got ${elements}`);
  }
  if (axis === undefined) return groups([elements], []);
  if (!shape) {
    throw new TypeError(`${call}: ${target} must have a shape where ${name} is given, got none`);
  }
  const made = groups(shape, axesOf(call, shape.length, axis, name));
  if (made.count > MAX_GROUPS) {
    throw new RangeError(
      `${call}: ${name} must keep at most ${MAX_GROUPS} indices, got ${made.count}`,
    );
  }
  const runs = Math.max(made.kept.length, made.reduced.length);
  if (runs <= MAX_RUNS) return made;
  throw new RangeError(
    `${call}: ${name} must leave at most ${MAX_RUNS} runs of neighbouring axes, got ${runs}`,
  );
}

function axesOf(call: string, axes: number, axis: unknown, name: string): number[] {
  const last = axes - 1;
  const kept = items(call, name, isArray(axis) ? axis : [axis], (one) =>
    count(call, name, one, last, `of a shape with ${axes} axes`),
  );
  if (kept.length === 0) {
    throw new RangeError(`${call}: ${name} must name an axis, got an empty list`);
  }
  if (kept.every((one, index) => index === 0 || one > kept[index - 1]!)) return kept;
  throw new RangeError(`${call}: ${name} must name axes in rising order, got ${kept.join(', ')}`);
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
export function areNeighbours(groups: Groups): boolean {
  const [innermost] = groups.reduced;
  return isContiguous(groups) || (innermost!.stride === 1 && innermost!.length % 4 === 0);
}

/** Whether all elements of each group lie side by side in memory. */
export function isContiguous({ size, reduced }: Groups): boolean {
  const [innermost] = reduced;
  return !innermost || (innermost.stride === 1 && innermost.length === size);
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
