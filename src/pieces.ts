import { grid } from './grid.js';
import type { ResolvedTarget } from './target.js';

/** Bytes of a buffer that one dispatch binds. */
export interface Binding {
  readonly offset: number;
  readonly size: number;
}

/** The part of a run that one dispatch does. */
export interface Piece {
  readonly target: Binding;
  /** Whether the target's binding is whole quads, of elements of one word. */
  readonly quads: boolean;
  readonly source?: Binding;
  /** The target's element that the piece starts with, counted from the first of its range. */
  readonly first: number;
  /** The piece's elements, counted from the start of the target's binding. */
  readonly begin: number;
  readonly end: number;
  /** An element's index in the source's binding less that in the target's. */
  readonly sourceOffset: number;
  readonly workgroups: readonly [x: number, y: number];
}

export interface PieceLimits {
  readonly maxStorageBufferBindingSize: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}

/** Every device can bind at multiples of this many bytes. */
const ALIGNMENT = 256;

/** Kernels index elements with signed 32-bit integers. */
const MAX_PIECE_BYTES = 2 ** 30;

/** Bytes of a word, of which a quad of the widest elements has four. */
const WORD_BYTES = 4;
const QUAD_BYTES = 4 * WORD_BYTES;

/** Bytes of a parameter's number: an f32, as wide as the widest element. */
export const NUMBER_BYTES = 4;

const down = (value: number, step: number) => value - (value % step);
const up = (value: number, step: number) => down(value + step - 1, step);

/**
 * Cuts a run into pieces that a device can bind and dispatch. Cuts fall on multiples of 256 bytes of
 * the target, so no quad of elements, and no word, is shared by two pieces.
 *
 * @param run ranges in elements
 * @param bytes bytes per element
 * @param workgroup invocations per workgroup, each doing four elements
 * @param numbers whether there is a number for each element, which is bound beside it
 */
export function pieces(
  { target, source }: ResolvedTarget<{ readonly size: number }>,
  bytes: number,
  workgroup: number,
  limits: PieceLimits,
  numbers = false,
): Piece[] {
  if (target.count === 0) return [];
  const largest = Math.min(limits.maxStorageBufferBindingSize, MAX_PIECE_BYTES);
  // An out-of-place source, and numbers, may lie at another alignment: up to one step more is bound.
  const room = down(largest, ALIGNMENT) - (source || numbers ? ALIGNMENT : 0);
  const widest = numbers ? NUMBER_BYTES : bytes;
  const step = Math.max(down((room / widest) * bytes, ALIGNMENT), ALIGNMENT);
  const start = target.offset * bytes;
  const stop = (target.offset + target.count) * bytes;
  const result: Piece[] = [];
  for (let offset = down(start, ALIGNMENT); offset < stop; offset += step) {
    const from = Math.max(start, offset);
    const to = Math.min(stop, offset + step);
    const first = (from - start) / bytes;
    const begin = (from - offset) / bytes;
    const end = (to - offset) / bytes;
    const groups = Math.ceil((Math.ceil(end / 4) - Math.floor(begin / 4)) / workgroup);
    const read = source && bindSource(source.offset + first, end - begin, bytes);
    // A buffer may end within a quad.
    const quads = bytes === WORD_BYTES && up(to, QUAD_BYTES) <= target.buffer.size;
    result.push({
      target: { offset, size: up(to, quads ? QUAD_BYTES : WORD_BYTES) - offset },
      quads,
      first,
      begin,
      end,
      sourceOffset: read ? read.begin - begin : 0,
      workgroups: grid(groups, limits),
      ...(read && { source: read.binding }),
    });
  }
  return result;
}

/** What to bind for `count` elements from `element` on, and where in it they begin. */
export function bindSource(element: number, count: number, bytes: number) {
  const from = element * bytes;
  const offset = down(from, ALIGNMENT);
  const size = up(from + count * bytes, WORD_BYTES) - offset;
  return { binding: { offset, size }, begin: (from - offset) / bytes };
}
