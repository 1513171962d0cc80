import { kindOf, type Op } from '../ops/index.js';
import type { OpKind } from '../ops/op.js';
import type { Plan } from '../plan.js';
import { blockOf, type StreamState, words } from '../stream.js';
import type { ReferenceArray } from './arrays.js';
import { storedFormats } from './format.js';
import { normalPair, normalPairFloat64 } from './normal.js';
import { philox4x32 } from './philox.js';

/**
 * The specification of a chain: every op in turn over every element, each op drawing on from where
 * the one before it stopped.
 */
export function applyChain(plan: Plan, elements: ReferenceArray, at: StreamState): void {
  const { load, store } = storedFormats[plan.format];
  const x =
    plan.format === 'u32' ? new Uint32Array(elements.length) : Float32Array.from(elements, load);
  let position = at.position;
  for (const op of plan.ops) {
    const { draws, values, reference } = kindOf(op);
    const numbers = values(op).map(Math.fround);
    const next = reference(op);
    const draw = sampler(draws, plan, { ...at, position });
    for (let i = 0; i < x.length; i++) x[i] = next(x[i]!, draw(), ...numbers);
    if (draws !== 'nothing') position += BigInt(x.length);
  }
  for (let i = 0; i < x.length; i++) elements[i] = store(x[i]!, plan.rounding);
}

/** Gives one sample after the other. */
function sampler(draws: OpKind<Op>['draws'], plan: Plan, at: StreamState): () => number {
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
