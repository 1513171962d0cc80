import { isBuffer } from '../buffer.js';
import { type Draw, isScattered, mixedChannels, type Samples } from '../draws.js';
import { indexOf } from '../indices.js';
import type { DrawOptions } from '../ops/draw.js';
import { kindOf, type Op } from '../ops/index.js';
import { type Elements, type GivenParameter, indicesOf, valuesOf } from '../parameter.js';
import { parameterName, type Stage } from '../plan.js';
import type { Measured } from '../reduce/statistic.js';
import { isStatistic } from '../statistic.js';
import { blockOf, type StreamState, words } from '../stream.js';
import type { ReferenceArray } from './arrays.js';
import { storedFormats } from './format.js';
import { mixed } from './mixed.js';
import { normalPair, normalPairFloat64 } from './normal.js';
import { philoxBlock } from './philox.js';
import { unit } from './unit.js';

const { fround } = Math;

/** A target of a stage, and what belongs to it. */
export interface StageTarget {
  readonly elements: Elements;
  /** The samples of each draw. */
  readonly samples: readonly Samples[];
  /** Which of the numbers that the first op has measured are its. */
  readonly measured?: Measured | undefined;
  /** Memory that the run writes to. */
  readonly written: ReadonlySet<ArrayBufferLike>;
}

/**
 * The specification of a stage of a chain: every op in turn over every element, each op drawing on from
 * where the one before it stopped.
 *
 * @returns what applies it, once all is found in order; `statistics` are the numbers of all targets
 */
export function stageOn(
  call: string,
  stage: Stage,
  target: StageTarget,
  at: StreamState,
): (from: ReferenceArray, to: ReferenceArray, statistics: Float32Array) => void {
  const found: { statistics: Float32Array } = { statistics: new Float32Array() };
  const steps = stage.ops.map((op, index) => step(call, stage, index, op, target, found, at));
  const { load, store } = storedFormats[stage.format];
  return (from, to, statistics) => {
    found.statistics = statistics;
    const x = stage.format === 'u32' ? new Uint32Array(to.length) : Float32Array.from(from, load);
    for (const next of steps) for (let i = 0; i < x.length; i++) x[i] = next(x[i]!, i);
    for (let i = 0; i < x.length; i++) to[i] = store(x[i]!, stage.rounding);
  };
}

/** The next x of an element, from x and the element's number. */
function step(
  call: string,
  stage: Stage,
  index: number,
  op: Op,
  target: StageTarget,
  found: { readonly statistics: Float32Array },
  at: StreamState,
): (x: number, element: number) => number {
  const drawFor = (role: Draw['role']) => {
    const i = stage.draws.findIndex((draw) => draw.op === index && draw.role === role);
    return i < 0 ? undefined : drawer(stage, stage.draws[i]!, target.samples[i]!, at);
  };
  const draw = drawFor('noise') ?? (() => 0);
  const applies = drawFor('apply');
  const next = kindOf(op).reference(op);
  const parameters = parametersOf(call, stage, index, target, found);
  const { apply } = op as DrawOptions;
  return (x, element) => {
    if (apply && applies && unit(applies(element)) >= apply.p) return x;
    return next(x, draw(element), ...parameters(element));
  };
}

/** Gives an op's parameters at an element. */
function parametersOf(
  call: string,
  stage: Stage,
  index: number,
  { elements, measured, written }: StageTarget,
  found: { readonly statistics: Float32Array },
): (element: number) => number[] {
  const op = stage.ops[index]!;
  const given = Object.entries(kindOf(op).parameters(op));
  const current = given.map(([, value]) => (typeof value === 'number' ? fround(value) : 0));
  const varying = stage.varying.filter((parameter) => parameter.op === index);
  if (varying.length === 0) return () => current;
  const changes = varying.map((parameter) => {
    const name = parameterName(stage, parameter);
    const indices = indicesOf(call, name, parameter, elements);
    const place = given.findIndex(([other]) => other === parameter.name);
    if (isStatistic(parameter.value)) {
      const map = { ...indices, base: measured!.base };
      return (element: number) => {
        current[place] = found.statistics[indexOf(map, element)]!;
      };
    }
    const values = valuesOf(parameter as GivenParameter);
    if (isBuffer(values)) {
      throw new TypeError(`${call}: ${name} must be in a Float32Array, got a GPUBuffer`);
    }
    if (values instanceof Float32Array && written.has(values.buffer)) {
      throw new TypeError(`${call}: ${name} must not be in a target's memory, got the same`);
    }
    return (element: number) => {
      current[place] = fround(values[indexOf(indices, element)]!);
    };
  });
  return (element) => {
    for (const change of changes) change(element);
    return current;
  };
}

/** Gives what is drawn for an element. */
function drawer(
  stage: Stage,
  draw: Draw,
  samples: Samples,
  at: StreamState,
): (element: number) => number {
  const scattered = isScattered(draw);
  const sampleOf = (element: number) => (scattered ? indexOf(samples, element) : element);
  const { mixing } = draw;
  const { step = 1, start } = samples;
  if (!mixing) {
    const take = sampler(stage, draw, start, at);
    return (element) => take(sampleOf(element));
  }
  const size = mixedChannels(mixing);
  // Each channel has a block of its own to keep.
  const channels = Array.from({ length: size }, () => sampler(stage, draw, start, at));
  return (element) => {
    const sample = sampleOf(element);
    const channel = Math.floor(sample / step) % size;
    const first = sample - channel * step;
    const z = channels.map((take, k) => take(first + k * step));
    return mixed(z, mixing.matrix, channel);
  };
}

/**
 * Gives a draw's samples by their numbers; the block of the last one is kept.
 *
 * @param before samples that the run draws before these
 */
function sampler(
  stage: Stage,
  draw: Draw,
  before: bigint,
  at: StreamState,
): (sample: number) => number {
  const transform = draw.of === 'bits' ? (block: number[]) => block : normals(stage);
  const key = words(at.seed);
  const stream = words(at.stream);
  const start = blockOf(at.position + before);
  const [low, high] = words(start.block);
  let known = -1;
  let values: number[] = [];
  return (sample) => {
    const place = start.lane + sample;
    const index = Math.floor(place / 4);
    if (index !== known) {
      known = index;
      const sum = low + index;
      const counter = [sum >>> 0, (high + Math.floor(sum / 2 ** 32)) >>> 0] as const;
      values = transform(philoxBlock([...counter, ...stream], key, stage.rounds));
    }
    return values[place & 3]!;
  };
}

/** A block's words to its standard normals: words (0, 1) and (2, 3) make a pair each. */
function normals({ math }: Stage): (words: number[]) => number[] {
  const pair = math === 'exact' ? normalPair : normalPairFloat64;
  return ([w0, w1, w2, w3]) => [...pair(w0!, w1!), ...pair(w2!, w3!)].map(Math.fround);
}
