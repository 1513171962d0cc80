import * as index from 'webgpu-noise';
import type { ReferenceEngine } from 'webgpu-noise/reference';

/** A call of a public function with arguments that are right. */
export interface Call {
  readonly args: readonly unknown[];
  readonly call: (...args: never[]) => unknown;
  /** What sentences may start with. Default: the call. */
  readonly names?: readonly string[];
}

export interface Calls {
  readonly [name: string]: Call;
}

const draw = { share: [0], apply: { p: 0.5, axis: 1 } };
const normalDraw = { ...draw, channels: { matrix: [1, 0, 0.5, 1], axis: 2 } };
const std = { perAxis: 1, values: [1, 2, 3, 4] };

/** Options of every op. */
export const ops: { readonly [name: string]: readonly object[] } = {
  affine: [{ scale: 2, shift: std }],
  bits: [],
  clip: [{ min: -1, max: std }],
  clipNorm: [{ max: 3, axis: [0, 2] }],
  custom: [
    {
      wgsl: 'return x;',
      reference: (x: number) => x,
      draws: 'normal',
      parameters: { gain: 1, std },
      ...normalDraw,
    },
  ],
  diffuse: [{ a: 1, b: std, ...normalDraw }],
  dropout: [{ rate: 0.5, ...draw }],
  gaussianDropout: [{ rate: 0.5, ...normalDraw }],
  laplace: [{ mean: 1, scale: std, ...draw }],
  noise: [{ mean: 1, std, ...normalDraw }],
  normal: [{ mean: 1, std, ...normalDraw }],
  perturb: [{ std, relative: 'weight', sign: -1, ...normalDraw }],
  poisson: [{ scale: 2, ...draw }],
  saltPepper: [{ p: 0.5, ratio: 0.2, low: 0, high: std, ...draw }],
  snr: [{ db: { perAxis: 0, values: [1, 2] }, axis: 1, ...normalDraw }],
  speckle: [{ mean: 1, std, ...normalDraw }],
  truncatedNormal: [{ mean: 1, std, low: -1, high: 2, ...draw }],
  uniform: [{ low: 0, high: std, share: [0] }],
  uniformNoise: [{ low: -1, high: std, ...draw }],
};

const opNames = Object.keys(ops);
export const makers = index as unknown as {
  readonly [name: string]: (...args: unknown[]) => object;
};

export const opCalls: Calls = Object.fromEntries(
  Object.entries(ops).map(([name, args]): [string, Call] => [
    name,
    { args, call: makers[name]!, names: [name, 'perAxis'] },
  ]),
);

export const shape = [3, 4, 5];

/** Elements of `shape`. */
export const data = Float32Array.from({ length: 60 }, (_, i) => i - 20);
export const at = { seed: '1', stream: 2n, position: 3 };
const settings = { math: 'exact', rounds: 10, rounding: 'nearest-even' };
const chainArgs = [
  [
    { op: 'noise', mean: 1, std },
    { op: 'clip', min: -1 },
  ],
  { format: 'f32', ...settings },
];

/** Options of an engine. */
export const engineOptions = {
  seed: 1,
  stream: '2',
  position: 3n,
  ...settings,
  barrier: 'xor',
};

/** The calls of an engine and of what it makes, on some memory of the numbers of `data`. */
export function engineCalls(engine: index.NoiseEngine | ReferenceEngine, a: unknown, b: unknown) {
  const on = engine as index.NoiseEngine;
  const chain = on.chain([index.noise({ std: 2 }), index.clip({ min: 0 })]);
  const range = { buffer: a, offset: 0, count: 60, shape };
  const pair = { source: { buffer: b, shape }, target: { buffer: a, offset: 0 } };
  const calls: Calls = {
    run: { args: [range, { at }], call: chain.run },
    'run on a list': {
      args: [[{ buffer: b, count: 7 }, range], { at }],
      call: chain.run,
      names: ['run'],
    },
    'run on a pair': { args: [pair, { at }], call: chain.run, names: ['run'] },
    read: { args: [{ buffer: a, offset: 1, count: 9 }, { format: 'f32' }], call: on.read },
    measure: {
      args: [range, { format: 'f32', axis: [0, 2], histogram: { bins: 3, min: 0, max: 9 } }],
      call: on.measure as never,
    },
    perturb: {
      args: [
        [range],
        {
          std,
          relative: 'none',
          sign: 1,
          ...normalDraw,
          channels: undefined,
          at,
          into: [{ buffer: b }],
          format: 'f32',
        },
      ],
      call: on.perturb as never,
      names: ['perturb', 'perAxis', 'chain'],
    },
    snapshot: { args: [[range], { format: 'f32' }], call: on.snapshot },
    state: {
      args: [at],
      call: (state: never) => {
        on.state = state;
      },
    },
    chain: { args: chainArgs, call: on.chain as never, names: ['chain', 'perAxis', ...opNames] },
  };
  return { chain, calls };
}
