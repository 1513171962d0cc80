import type { Piece } from '../pieces.js';
import { bitsOf } from '../reference/float.js';
import { type Axis, areNeighbours, type Groups } from './groups.js';

/** Bytes of a pass's uniforms for one piece, at multiples of the alignment of dynamic offsets. */
export const WALK_BYTES = 256;

/** Elements that a workgroup of 64 walks before another one helps it, and how many may. */
const PART_ELEMENTS = 64 * 64;
const MAX_PARTS = 1024;

/** Workgroups for a group. */
export function partsOf({ size }: Groups): number {
  return Math.min(Math.max(1, Math.ceil(size / PART_ELEMENTS)), MAX_PARTS);
}

/** What a walk needs besides the groups. */
export interface WalkOptions {
  /** Words of a group's record. */
  readonly words: number;
  /** Bins of the histogram; 0 without one. */
  readonly bins: number;
  /** The largest norm. */
  readonly limit: number;
  /** The record of group 0. */
  readonly base: number;
}

/** Packs the uniforms of a piece, laid out as shaders/lib/reduce/walk.wgsl declares them. */
export function packWalk(
  groups: Groups,
  { words, bins, limit, base }: WalkOptions,
  { first, begin, end }: Piece,
  packed: ArrayBuffer,
  start: number,
): void {
  const header = new Uint32Array(packed, start, WALK_BYTES / 4);
  header.set([0, first, first + end - begin, begin - first]);
  header.set([groups.count, groups.size, partsOf(groups), areNeighbours(groups) ? 1 : 0], 4);
  header.set([words, bins, bitsOf(limit), base], 8);
  packAxes(header.subarray(12, 28), groups.kept);
  packAxes(header.subarray(28, 44), groups.reduced);
}

function packAxes(words: Uint32Array, axes: readonly Axis[]): void {
  for (let axis = 0; axis < 4; axis++) {
    const { length, stride } = axes[axis] ?? { length: 1, stride: 1 };
    words.set([length, stride], 4 * axis);
  }
}
