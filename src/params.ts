import { philoxAhead } from './ahead.js';
import { SLOT_ALIGNMENT } from './dispatch.js';
import { type Draw, isScattered, mixedChannels, type Samples } from './draws.js';
import { type Indices, period } from './indices.js';
import type { DrawOptions } from './ops/draw.js';
import { kindOf } from './ops/index.js';
import type { Piece } from './pieces.js';
import type { Stage } from './plan.js';
import { blockOf, type StreamState } from './stream.js';

const HEADER_BYTES = 32;
const OP_BYTES = 16;
const DRAW_BYTES = 32;
const INDICES_BYTES = 48;
const COLUMN_BYTES = 16;

/** Where the parts of one piece's uniforms begin, in bytes. */
function layoutOf({ ops, draws, varying }: Stage) {
  const drawsAt = HEADER_BYTES + OP_BYTES * ops.length;
  const indicesAt = drawsAt + DRAW_BYTES * Math.max(1, draws.length);
  const maps = varying.length + draws.filter(isScattered).length;
  const columnsAt = indicesAt + INDICES_BYTES * Math.max(1, maps);
  const columns = columnsOf(draws).length;
  return { drawsAt, indicesAt, columnsAt, end: columnsAt + COLUMN_BYTES * Math.max(1, columns) };
}

/** Bytes that the uniforms of one piece take: a multiple of 256. */
export function paramsBytes(stage: Stage): number {
  return Math.ceil(layoutOf(stage).end / SLOT_ALIGNMENT) * SLOT_ALIGNMENT;
}

/** A piece of one of the targets of a run, and what the run does to this target. */
export interface Part {
  readonly piece: Piece;
  /** For each parameter that varies, which of its numbers belongs to which element. */
  readonly varying: readonly Indices[];
  /** For each draw, which of its samples belongs to which element. */
  readonly samples: readonly Samples[];
}

/**
 * Packs the uniforms of a piece, laid out as shaders/lib/params.wgsl declares them, all but the place in
 * the noise. With `placeParams` the only place that does. Parameters that vary leave a 0.
 */
export function packParams(
  stage: Stage,
  { piece, varying, samples }: Part,
  packed: ArrayBuffer,
  start: number,
): void {
  const { drawsAt, indicesAt, columnsAt } = layoutOf(stage);
  const uints = (at: number) => new Uint32Array(packed, start + at);
  const floats = (at: number) => new Float32Array(packed, start + at);
  uints(16).set([piece.begin, piece.end, piece.sourceOffset, 0]);
  for (const [i, op] of stage.ops.entries()) {
    const values = Object.values(kindOf(op).parameters(op));
    floats(HEADER_BYTES + OP_BYTES * i).set(values.map((v) => (typeof v === 'number' ? v : 0)));
  }
  for (const [i, draw] of stage.draws.entries()) {
    const { apply } = stage.ops[draw.op] as DrawOptions;
    if (apply) floats(drawsAt + DRAW_BYTES * i + 12).set([apply.p]);
  }
  const maps: Indices[] = [...varying, ...samples.filter((_, i) => isScattered(stage.draws[i]!))];
  for (const [i, map] of maps.entries()) {
    const at = indicesAt + INDICES_BYTES * i;
    const repeat = period(map);
    const zeroth = piece.first - piece.begin + (map.first ?? 0);
    const first = ((zeroth % repeat) + repeat) % repeat;
    uints(at).set(map.sizes);
    uints(at + 16).set(map.strides);
    uints(at + 32).set([map.sizes.length, first, map.base ?? 0, map.step ?? 0]);
  }
  for (const [i, column] of columnsOf(stage.draws).entries()) {
    floats(columnsAt + COLUMN_BYTES * i).set(column);
  }
}

/**
 * Where in the noise a piece draws: a function that packs that, for runs at any place. It tells whether
 * the place is aligned, as shaders/lib/draw.wgsl states: samples start on a block, and the low words of
 * the blocks do not wrap.
 */
export function placeParams(stage: Stage, { piece, samples }: Part) {
  const { drawsAt } = layoutOf(stage);
  const starts = stage.draws.map((draw, i) => {
    const ahead = isScattered(draw) ? 0 : piece.first - piece.begin;
    return samples[i]!.start + BigInt(ahead);
  });
  const free = stage.draws.map(isScattered);
  const counts = free.map((scattered, i) => (scattered ? samples[i]!.count : piece.end));
  return (packed: ArrayBuffer, start: number, { seed, stream, position }: StreamState): boolean => {
    let aligned = true;
    const view = new DataView(packed, start);
    view.setBigUint64(0, seed, true);
    view.setBigUint64(8, stream, true);
    const word = (at: number) => view.getUint32(at, true);
    for (let i = 0; i < starts.length; i++) {
      const at = drawsAt + DRAW_BYTES * i;
      const { block, lane } = blockOf(position + starts[i]!);
      view.setBigUint64(at, block, true);
      view.setUint32(at + 8, lane, true);
      const ahead = philoxAhead([word(at + 4), word(8), word(12)], [word(0), word(4)]);
      for (let j = 0; j < 4; j++) view.setUint32(at + 16 + 4 * j, ahead[j]!, true);
      const blocks = Math.ceil((lane + counts[i]!) / 4);
      const wraps = Number(BigInt.asUintN(32, block)) + blocks > 2 ** 32;
      aligned &&= (lane === 0 || free[i]!) && !wraps;
    }
    return aligned;
  };
}

/** The columns of the matrices by which draws are mixed, one after the other. */
function columnsOf(draws: readonly Draw[]): (readonly number[])[] {
  return draws.flatMap(({ mixing }) => {
    if (!mixing) return [];
    const size = mixedChannels(mixing);
    return Array.from({ length: size }, (_, k) => mixing.matrix.slice(size * k, size * k + size));
  });
}
