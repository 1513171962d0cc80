import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as index from 'webgpu-noise';
import * as node from 'webgpu-noise/node';
import * as reference from 'webgpu-noise/reference';
import * as wgsl from 'webgpu-noise/wgsl';
import { expectSameBits } from '../bits.js';
import { expectRefusal, flipping, hostile, wrongArguments } from '../hostile.js';
import { testDevice } from './device.js';

const { device, engine, buffer, read } = await testDevice();

/** A call of a public function with arguments that are right. */
interface Call {
  readonly args: readonly unknown[];
  readonly call: (...args: never[]) => unknown;
  /** What sentences may start with. Default: the call. */
  readonly names?: readonly string[];
}

const draw = { share: [0], apply: { p: 0.5, axis: 1 } };
const normalDraw = { ...draw, channels: { matrix: [1, 0, 0.5, 1], axis: 2 } };
const std = { perAxis: 1, values: [1, 2, 3, 4] };

/** Options of every op. */
const ops: { readonly [name: string]: readonly object[] } = {
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
const makers = index as unknown as { readonly [name: string]: (...args: unknown[]) => object };

const opCalls = Object.fromEntries(
  Object.entries(ops).map(([name, args]): [string, Call] => [
    name,
    { args, call: makers[name]!, names: [name, 'perAxis'] },
  ]),
);

const functions: { readonly [name: string]: Call } = {
  choleskyFactor: { args: [[4, 1, 1, 9]], call: index.choleskyFactor },
  hashWords: { args: [Uint32Array.of(1, 2)], call: index.hashWords },
  perAxis: { args: [1, [1, 2, 3]], call: index.perAxis },
  floatAdd: { args: [1, 2], call: reference.floatAdd },
  floatClamp: { args: [1, 2, 3], call: reference.floatClamp },
  normalPair: { args: [1, 2], call: reference.normalPair },
  normalPairFloat64: { args: [1, 2], call: reference.normalPairFloat64 },
  philox4x32: { args: [[1, 2, 3, 4], [5, 6], 7], call: reference.philox4x32 },
  adapterName: { args: [device], call: node.adapterName },
};

const shape = [3, 4, 5];
const data = Float32Array.from({ length: 60 }, (_, i) => i - 20);
const at = { seed: '1', stream: 2n, position: 3 };
const settings = { math: 'exact', rounds: 10, rounding: 'nearest-even' };
const chainArgs = [
  [
    { op: 'noise', mean: 1, std },
    { op: 'clip', min: -1 },
  ],
  { format: 'f32', ...settings },
];

/** The calls of an engine and of what it makes, on some memory of the numbers of `data`. */
function engineCalls(
  engine: index.NoiseEngine | reference.ReferenceEngine,
  a: unknown,
  b: unknown,
) {
  const on = engine as index.NoiseEngine;
  const chain = on.chain([index.noise({ std: 2 }), index.clip({ min: 0 })]);
  const range = { buffer: a, offset: 0, count: 60, shape };
  const pair = { source: { buffer: b, shape }, target: { buffer: a, offset: 0 } };
  const calls: { readonly [name: string]: Call } = {
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

const options = { seed: 1, stream: '2', position: 3n, ...settings, barrier: 'xor' };
const gpu = engine({ seed: 5n });
const [a, b] = [buffer(data), buffer(data)];
const { chain, calls: sharedCalls } = engineCalls(gpu, a, b);
const createCall: Call = { args: [device, options], call: index.createNoiseEngine as never };
const gpuCalls: { readonly [name: string]: Call } = {
  ...sharedCalls,
  createNoiseEngine: createCall,
  ready: {
    args: [{ outOfPlace: false, target: { buffer: a, shape } }],
    call: chain.ready as never,
  },
  encode: {
    args: [undefined, { buffer: a, shape }, { at }],
    call: ((into: unknown, ...rest: [never, never]) => {
      const encoder = device.createCommandEncoder();
      try {
        return chain.encode((into ?? encoder) as never, ...rest);
      } finally {
        device.queue.submit([encoder.finish()]);
      }
    }) as never,
  },
};

/** What a call gives, or how it refuses. */
async function outcome({ call }: Call, args: readonly unknown[]) {
  try {
    return { value: await call(...(args as never[])) };
  } catch (error) {
    return { error };
  }
}

describe('every public function', () => {
  it('is of an entry that is imported here, or of an adapter, whose tests are in test/frameworks', () => {
    const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
    const adapters = ['./tfjs', './onnxruntime', './jax'];
    expect(Object.keys(exports)).toEqual(['.', './wgsl', './reference', './node', ...adapters]);
  });

  it('is called below with hostile arguments', () => {
    const named = (module: object) =>
      Object.entries(module).flatMap(([name, value]) => (typeof value === 'string' ? [] : [name]));
    const all = [index, wgsl, reference, node].flatMap(named);
    const own = ['createNoiseEngine', 'createReferenceEngine', 'requestDevice'];
    const noArguments = ['softwareEnvironment'];
    const called = [...Object.keys(ops), ...Object.keys(functions), ...own, ...noArguments];
    expect(all.sort()).toEqual(called.sort());
    const methods = (of: object) => Object.keys(of).filter((name) => !isPlainField(of, name));
    const withoutArguments = ['verify', 'destroy', 'device'];
    const calls = [...Object.keys(gpuCalls), ...withoutArguments];
    expect(calls).toEqual(expect.arrayContaining([...methods(gpu), ...methods(chain)]));
  });

  it.each(Object.entries({ ...opCalls, ...functions }))(
    '%s refuses what is wrong in one sentence, and reads what it is given once',
    async (name, one) => {
      const names = one.names ?? [name];
      await fc.assert(
        fc.asyncProperty(wrongArguments(one.args), async (make) => {
          const { error, value } = await outcome(one, make());
          if (error) expectRefusal(error, names);
          else if (name in ops) expect(makers[name]!(value)).toEqual(value);
        }),
        { numRuns: 200 },
      );
      const right = await outcome(one, one.args);
      await fc.assert(
        fc.asyncProperty(hostile, async (later) => {
          const given = one.args.map((arg) => flipping(arg, later()));
          const { error, value } = await outcome(one, given);
          if (error) expectRefusal(error, names);
          else expect(value).toEqual(right.value);
        }),
        { numRuns: 30 },
      );
    },
  );
});

/** Whether a field of an object is neither a function nor a property with code behind it. */
function isPlainField(of: object, name: string): boolean {
  const { value, get } = Object.getOwnPropertyDescriptor(of, name)!;
  return typeof value !== 'function' && !get;
}

describe('an engine on a GPU', () => {
  async function expectUntouched(): Promise<void> {
    expect(gpu.state).toEqual({ seed: 5n, stream: 0n, position: 0n });
    for (const each of [a, b]) expectSameBits(await gpu.read(each), data);
  }

  function restore(): void {
    gpu.state = { seed: 5n, stream: 0n, position: 0n };
    for (const each of [a, b]) device.queue.writeBuffer(each, 0, data);
  }

  it.each(Object.entries(gpuCalls))(
    '%s refuses what is wrong in one sentence, and leaves state and buffers as they were',
    async (name, one) => {
      restore();
      await fc.assert(
        fc.asyncProperty(wrongArguments(one.args), async (make) => {
          const { error } = await outcome(one, make());
          if (!error) return restore();
          expectRefusal(error, one.names ?? [name]);
          await expectUntouched();
        }),
        { numRuns: 60 },
      );
    },
  );

  it.each(Object.entries(gpuCalls))('%s does what it has checked', async (name, one) => {
    restore();
    const right = await outcome(one, one.args);
    expect(right.error).toBeUndefined();
    const expected = [await read(a, 'f32'), await read(b, 'f32')];
    const state = gpu.state;
    await fc.assert(
      fc.asyncProperty(hostile, async (later) => {
        restore();
        const { error } = await outcome(
          one,
          one.args.map((arg) => flipping(arg, later())),
        );
        if (error) {
          expectRefusal(error, one.names ?? [name]);
          return expectUntouched();
        }
        expect(gpu.state).toEqual(state);
        expectSameBits(await gpu.read(a), expected[0]!);
        expectSameBits(await gpu.read(b), expected[1]!);
        // What is remembered of the last run is what was checked, too.
        restore();
        await outcome(one, one.args);
        expectSameBits(await gpu.read(a), expected[0]!);
      }),
      { numRuns: 10 },
    );
  });
});

describe('the engine on the CPU', () => {
  const fresh = () => {
    const [x, y] = [data.slice(), data.slice()];
    const cpu = reference.createReferenceEngine({ seed: 5 });
    return { x, y, cpu, ...engineCalls(cpu, x, y) };
  };
  const create: Call = { args: [options], call: reference.createReferenceEngine as never };

  it.each(['createReferenceEngine', ...Object.keys(fresh().calls)])(
    '%s refuses what is wrong in one sentence, and leaves state and arrays as they were',
    async (name) => {
      const callsOf = (calls: { readonly [name: string]: Call }) =>
        name === 'createReferenceEngine' ? create : calls[name]!;
      const one = callsOf(fresh().calls);
      const names = one.names ?? [name];
      await fc.assert(
        fc.asyncProperty(fc.gen(), hostile, async (gen, later) => {
          const { x, y, cpu, calls } = fresh();
          const own = callsOf(calls);
          const flips = own.args.map((arg) => flipping(arg, later()));
          for (const args of [gen(wrongArguments, own.args)(), flips]) {
            const before = [cpu.state, x.slice(), y.slice()];
            const { error } = await outcome(own, args);
            if (!error) continue;
            expectRefusal(error, names);
            expect([cpu.state, x, y]).toEqual(before);
          }
        }),
        { numRuns: 60 },
      );
    },
  );
});

describe('requestDevice', () => {
  const right = {
    software: false,
    label: 'a',
    requiredFeatures: [],
    requiredLimits: { maxBindGroups: 4 },
    defaultQueue: { label: 'b' },
  };
  const one: Call = { args: [right], call: node.requestDevice };

  it('refuses what is wrong in one sentence', async () => {
    await fc.assert(
      fc.asyncProperty(wrongArguments(one.args), async (make) => {
        const { error, value } = await outcome(one, make());
        if (error) expectRefusal(error, ['requestDevice']);
        else (value as GPUDevice).destroy();
      }),
      { numRuns: 30 },
    );
  });
});
