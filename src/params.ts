import { type Indices, period } from './indices.js';
import { kindOf } from './ops/index.js';
import type { Piece } from './pieces.js';
import type { Plan } from './plan.js';
import { blockOf, type StreamState, words } from './stream.js';

/** Dynamic uniform offsets are multiples of this many bytes on every device. */
const SLOT_ALIGNMENT = 256;

const HEADER_BYTES = 32;
const OP_BYTES = 32;
const INDICES_BYTES = 48;

/** Bytes that the uniforms of one piece take: a multiple of 256. */
export function paramsBytes(plan: Plan): number {
  const maps = Math.max(1, plan.varying.length);
  const bytes = HEADER_BYTES + OP_BYTES * plan.ops.length + INDICES_BYTES * maps;
  return Math.ceil(bytes / SLOT_ALIGNMENT) * SLOT_ALIGNMENT;
}

/**
 * Packs the uniforms of a run's pieces, one slot of `paramsBytes` each, laid out as
 * shaders/lib/params.wgsl declares them. The only place that does.
 */
export function packParams(
  plan: Plan,
  state: StreamState,
  count: number,
  pieces: readonly Piece[],
  maps: readonly Indices[],
): ArrayBuffer {
  const slot = paramsBytes(plan);
  const packed = new ArrayBuffer(slot * pieces.length);
  for (const [index, piece] of pieces.entries()) {
    const header = new Uint32Array(packed, index * slot, HEADER_BYTES / 4);
    header.set(words(state.seed), 0);
    header.set(words(state.stream), 2);
    header.set([piece.begin, piece.end, piece.sourceOffset, 0], 4);
    let position = state.position + BigInt(piece.first - piece.begin);
    for (const [op, value] of plan.ops.entries()) {
      const at = index * slot + HEADER_BYTES + op * OP_BYTES;
      const kind = kindOf(value);
      const numbers = Object.values(kind.parameters(value)).map((p) => (isNumber(p) ? p : 0));
      new Float32Array(packed, at, 4).set(numbers);
      if (kind.draws(value) === 'nothing') continue;
      const { block, lane } = blockOf(position);
      new Uint32Array(packed, at + 16, 3).set([...words(block), lane]);
      position += BigInt(count);
    }
    for (const [i, map] of maps.entries()) {
      const at = index * slot + HEADER_BYTES + OP_BYTES * plan.ops.length + INDICES_BYTES * i;
      const repeat = period(map);
      const first = (((piece.first - piece.begin) % repeat) + repeat) % repeat;
      new Uint32Array(packed, at, 4).set(map.sizes);
      new Uint32Array(packed, at + 16, 4).set(map.strides);
      new Uint32Array(packed, at + 32, 2).set([map.sizes.length, first]);
    }
  }
  return packed;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
