import { isBuffer } from '../buffer.js';
import { type Draw, isScattered, samplesOf } from '../draws.js';
import { indexOf } from '../indices.js';
import type { DrawOptions } from '../ops/draw.js';
import { kindOf } from '../ops/index.js';
import { type Elements, indicesOf, valuesOf } from '../parameter.js';
import { type Plan, parameterName } from '../plan.js';
import { blockOf, type StreamState, words } from '../stream.js';
import { storedFormats } from './format.js';
import { normalPair, normalPairFloat64 } from './normal.js';
import { philox4x32 } from './philox.js';
import { unit } from './unit.js';

const { fround } = Math;

/** A typed array that holds elements of some format; those of f16 and bf16 as bits. */
export type ReferenceArray =
  | Float32Array
  | Uint16Array
  | Uint8Array
  | Uint8ClampedArray
  | Int8Array
  | Uint32Array;

/**
 * The specification of a chain: every op in turn over every element, each op drawing on from where
 * the one before it stopped.
 *
 * @returns the samples drawn
 */
export function applyChain(
  plan: Plan,
  from: ReferenceArray,
  to: ReferenceArray,
  at: StreamState,
  shape?: readonly number[],
): bigint {
  const { load, store } = storedFormats[plan.format];
  const x = plan.format === 'u32' ? new Uint32Array(to.length) : Float32Array.from(from, load);
  let position = at.position;
  const samplers = plan.draws.map((draw) => {
    const samples = samplesOf('run', plan.ops[draw.op]!.op, draw, { count: x.length, shape });
    const sample = sampler(draw.of, plan, { ...at, position });
    position += BigInt(samples.count);
    if (!isScattered(draw)) return sample;
    return (element: number) => sample(indexOf(samples, element));
  });
  const drawsFor = (op: number, role: Draw['role']) =>
    samplers[plan.draws.findIndex((draw) => draw.op === op && draw.role === role)];
  for (const [index, op] of plan.ops.entries()) {
    const next = kindOf(op).reference(op);
    const parameters = parametersOf(plan, index, { count: x.length, shape });
    const draw = drawsFor(index, 'noise') ?? (() => 0);
    const applies = drawsFor(index, 'apply');
    const { apply } = op as DrawOptions;
    for (let i = 0; i < x.length; i++) {
      if (apply && applies && unit(applies(i)) >= apply.p) continue;
      x[i] = next(x[i]!, draw(i), ...parameters(i));
    }
  }
  for (let i = 0; i < x.length; i++) to[i] = store(x[i]!, plan.rounding);
  return position - at.position;
}

/** Gives an op's parameters at an element. */
function parametersOf(plan: Plan, index: number, of: Elements): (element: number) => number[] {
  const op = plan.ops[index]!;
  const given = Object.entries(kindOf(op).parameters(op));
  const current = given.map(([, value]) => (typeof value === 'number' ? fround(value) : 0));
  const varying = plan.varying.filter((parameter) => parameter.op === index);
  if (varying.length === 0) return () => current;
  const changes = varying.map((parameter) => {
    const name = parameterName(plan, parameter);
    const values = valuesOf(parameter);
    if (isBuffer(values)) {
      throw new TypeError(`run: ${name} must be in a Float32Array, got a GPUBuffer`);
    }
    const indices = indicesOf('run', name, parameter, of);
    const place = given.findIndex(([other]) => other === parameter.name);
    return (element: number) => {
      current[place] = fround(values[indexOf(indices, element)]!);
    };
  });
  return (element) => {
    for (const change of changes) change(element);
    return current;
  };
}

/** Gives the samples from a place on, by their number; the block of the last one is kept. */
function sampler(of: Draw['of'], plan: Plan, at: StreamState): (sample: number) => number {
  const transform = of === 'bits' ? (samples: number[]) => samples : normals(plan);
  const key = words(at.seed);
  const stream = words(at.stream);
  const start = blockOf(at.position);
  const [low, high] = words(start.block);
  let known = -1;
  let samples: number[] = [];
  return (sample) => {
    const index = Math.floor((start.lane + sample) / 4);
    if (index !== known) {
      known = index;
      const sum = low + index;
      const counter = [sum >>> 0, (high + Math.floor(sum / 2 ** 32)) >>> 0] as const;
      samples = transform(philox4x32([...counter, ...stream], key, plan.rounds));
    }
    return samples[(start.lane + sample) & 3]!;
  };
}

/** A block's words to its standard normals: words (0, 1) and (2, 3) make a pair each. */
function normals({ math }: Plan): (words: number[]) => number[] {
  const pair = math === 'exact' ? normalPair : normalPairFloat64;
  return ([w0, w1, w2, w3]) => [...pair(w0!, w1!), ...pair(w2!, w3!)].map(Math.fround);
}
