import { isBuffer } from '../buffer.js';
import { indexOf } from '../indices.js';
import { kindOf } from '../ops/index.js';
import type { Draws } from '../ops/op.js';
import { type Elements, indicesOf, valuesOf } from '../parameter.js';
import { type Plan, parameterName } from '../plan.js';
import { blockOf, type StreamState, words } from '../stream.js';
import { storedFormats } from './format.js';
import { normalPair, normalPairFloat64 } from './normal.js';
import { philox4x32 } from './philox.js';

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
 */
export function applyChain(
  plan: Plan,
  from: ReferenceArray,
  to: ReferenceArray,
  at: StreamState,
  shape?: readonly number[],
): void {
  const { load, store } = storedFormats[plan.format];
  const x = plan.format === 'u32' ? new Uint32Array(to.length) : Float32Array.from(from, load);
  let position = at.position;
  for (const [index, op] of plan.ops.entries()) {
    const kind = kindOf(op);
    const draws = kind.draws(op);
    const next = kind.reference(op);
    const parameters = parametersOf(plan, index, { count: x.length, shape });
    const draw = sampler(draws, plan, { ...at, position });
    for (let i = 0; i < x.length; i++) x[i] = next(x[i]!, draw(), ...parameters(i));
    if (draws !== 'nothing') position += BigInt(x.length);
  }
  for (let i = 0; i < x.length; i++) to[i] = store(x[i]!, plan.rounding);
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

/** Gives one sample after the other. */
function sampler(draws: Draws, plan: Plan, at: StreamState): () => number {
  if (draws === 'nothing') return () => 0;
  const transform = draws === 'bits' ? (samples: number[]) => samples : normals(plan);
  const key = words(at.seed);
  const stream = words(at.stream);
  const start = blockOf(at.position);
  let [low, high] = words(start.block);
  let lane = start.lane;
  let samples = transform(philox4x32([low, high, ...stream], key, plan.rounds));
  return () => {
    if (lane === 4) {
      lane = 0;
      low = (low + 1) >>> 0;
      if (low === 0) high = (high + 1) >>> 0;
      samples = transform(philox4x32([low, high, ...stream], key, plan.rounds));
    }
    return samples[lane++]!;
  };
}

/** A block's words to its standard normals: words (0, 1) and (2, 3) make a pair each. */
function normals({ math }: Plan): (words: number[]) => number[] {
  const pair = math === 'exact' ? normalPair : normalPairFloat64;
  return ([w0, w1, w2, w3]) => [...pair(w0!, w1!), ...pair(w2!, w3!)].map(Math.fround);
}
