import type { Piece } from '../pieces.js';
import { type Axis, areNeighbours, type Groups } from './groups.js';
import { recordWords } from './record.js';

/** Bytes of a pass's uniforms for one piece, at multiples of the alignment of dynamic offsets. */
export const WALK_BYTES = 256;

/** Elements that a workgroup of 64 walks before another one helps it, and how many may. */
const PART_ELEMENTS = 64 * 64;
const MAX_PARTS = 1024;

/** Workgroups for a group. */
export function partsOf({ size }: Groups): number {
  return Math.min(Math.max(1, Math.ceil(size / PART_ELEMENTS)), MAX_PARTS);
}

/** Packs the uniforms of all pieces, laid out as shaders/lib/reduce/walk.wgsl declares them. */
export function packWalks(groups: Groups, bins: number, pieces: readonly Piece[]): ArrayBuffer {
  const packed = new ArrayBuffer(WALK_BYTES * pieces.length);
  for (const [index, { first, begin, end }] of pieces.entries()) {
    const words = new Uint32Array(packed, index * WALK_BYTES, WALK_BYTES / 4);
    words.set([0, first, first + end - begin, begin - first]);
    words.set([groups.count, groups.size, partsOf(groups), areNeighbours(groups) ? 1 : 0], 4);
    words.set([recordWords(bins), bins], 8);
    packAxes(words.subarray(12, 28), groups.kept);
    packAxes(words.subarray(28, 44), groups.reduced);
  }
  return packed;
}

function packAxes(words: Uint32Array, axes: readonly Axis[]): void {
  for (let axis = 0; axis < 4; axis++) {
    const { length, stride } = axes[axis] ?? { length: 1, stride: 0 };
    words.set([length, stride], 4 * axis);
  }
}
