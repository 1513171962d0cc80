import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNoiseEngine, noise } from 'webgpu-noise';
import { altered } from '../altered.js';
import { at, type Call, type Calls, data, shape } from '../calls.js';
import { testDevice } from '../gpu/device.js';
import { expectRefusal, hostile } from '../hostile.js';
import { itHoldsAgainst, outcome, type World } from '../hostileCalls.js';
import { defineNavigatorGPU } from './navigator.js';

await defineNavigatorGPU();
const tf = await import('@tensorflow/tfjs-core');
await import('@tensorflow/tfjs-backend-webgpu');
await import('@tensorflow/tfjs-layers');
const jax = await import('@jax-js/jax');
const tfNoise = await import('webgpu-noise/tfjs');
const ortNoise = await import('webgpu-noise/onnxruntime');
const jaxNoise = await import('webgpu-noise/jax');

// Some GPUs would let a buffer be larger than their memory.
const { device } = await testDevice({ requiredLimits: { maxBufferSize: 2 ** 28 } });
await tfNoise.setDevice(device);
await jax.init('webgpu');
jax.defaultDevice('webgpu');

/** Two tensors of a framework, and what is done with them. */
interface Adapter {
  readonly module: object;
  readonly device: GPUDevice;
  readonly targets: (...args: never[]) => never;
  readonly tensors: readonly object[];
  readonly buffers: readonly GPUBuffer[];
  /** Fields of a tensor that are read. */
  readonly fields: readonly string[];
  /** Calls besides `targets`. */
  readonly calls: (engine: object) => Calls;
  /** What else is as it was: numbers that count. */
  readonly counts: () => readonly number[];
  /** Frees what calls made. */
  readonly tidy?: () => void;
}

function onTfjs(): Adapter {
  const tensors = [tf.tensor(data, shape as [3, 4, 5]), tf.tensor(data)];
  const buffers = tfNoise.targets(tensors).map(({ buffer }) => buffer);
  tf.engine().startScope();
  return {
    module: tfNoise,
    device,
    targets: tfNoise.targets as never,
    tensors,
    buffers,
    fields: ['dataId', 'isDisposed', 'dtype', 'shape'],
    calls: (engine) => ({
      setDevice: { args: [device], call: tfNoise.setDevice },
      randomNormal: {
        args: [engine, shape, { mean: 1, std: 2, at }],
        call: tfNoise.randomNormal as never,
        names: ['randomNormal', 'normal', 'perAxis', 'run'],
      },
      gaussianNoise: {
        args: [{ engine, stddev: 1 }],
        call: tfNoise.gaussianNoise as never,
      },
      registerGaussianNoise: { args: [engine], call: tfNoise.registerGaussianNoise as never },
    }),
    counts: () => [tf.memory().numTensors, tf.memory().numDataBuffers],
    tidy() {
      tf.engine().endScope();
      tf.engine().startScope();
    },
  };
}

function onOnnxruntime(): Adapter {
  const tensors = [shape, [data.length]].map((dims) =>
    ortNoise.createTensor(device, 'float32', dims),
  );
  const buffers = tensors.map(({ gpuBuffer }) => gpuBuffer as GPUBuffer);
  const provider = { name: 'webgpu', device };
  return {
    module: ortNoise,
    device,
    targets: ortNoise.targets as never,
    tensors,
    buffers,
    fields: ['location', 'type', 'dims', 'gpuBuffer'],
    calls: () => ({
      sessionOptions: {
        args: [device, { executionProviders: [provider, 'wasm'], enableMemPattern: false }],
        call: ortNoise.sessionOptions as never,
      },
      createTensor: {
        args: [device, 'float32', [2, 3]],
        call: ((...args: Parameters<typeof ortNoise.createTensor>) =>
          ortNoise.createTensor(...args).dispose()) as never,
      },
    }),
    counts: () => [],
  };
}

function onJax(): Adapter {
  const tensors = [jax.numpy.array(data).reshape([...shape]), jax.numpy.array(data)];
  const buffers = jaxNoise.targets(tensors).map(({ buffer }) => buffer);
  return {
    module: jaxNoise,
    device: jaxNoise.getDevice(),
    targets: jaxNoise.targets as never,
    tensors,
    buffers,
    fields: ['refCount', 'device', 'dtype', 'shape'],
    calls: () => ({}),
    counts: () => tensors.map(({ refCount }) => refCount),
  };
}

const adapters = { tfjs: onTfjs(), 'onnxruntime-web': onOnnxruntime(), 'jax-js': onJax() };

describe.each(Object.entries(adapters))('the adapter of %s', (name, adapter) => {
  const { tensors, buffers, fields } = adapter;
  const engine = createNoiseEngine(adapter.device, { seed: 5n });
  const chain = engine.chain([noise({ std: 2 })]);
  const { state } = engine;
  const run: Call = {
    args: name === 'tfjs' ? [tensors] : [tensors, { format: 'f32' }],
    call: (...args: never[]) => chain.run(adapter.targets(...args)),
    names: ['targets', 'run'],
  };
  // Not a plain object, in whose fields hostile arguments would be put.
  const calls: Calls = { targets: run, ...adapter.calls(Object.create(engine)) };
  const world: World = {
    restore() {
      adapter.tidy?.();
      engine.state = state;
      for (const buffer of buffers) adapter.device.queue.writeBuffer(buffer, 0, data);
    },
    contents: async () => [
      engine.state,
      adapter.counts(),
      await engine.read({ buffer: buffers[0]!, shape }, { format: 'u32' }),
      await engine.read({ buffer: buffers[1]!, shape }, { format: 'u32' }),
    ],
  };

  it('is called with hostile arguments, whatever the function', () => {
    const withoutArguments = ['getDevice'];
    const called = [...Object.keys(calls), ...withoutArguments];
    expect(Object.keys(adapter.module).sort()).toEqual(called.sort());
  });

  itHoldsAgainst(calls, world);

  it('refuses look-alikes of tensors in one sentence, or reads of them what it has checked', async () => {
    const ways = ['is', 'becomes', 'throws'] as const;
    world.restore();
    const untouched = await world.contents();
    await outcome(run, run.args);
    const expected = await world.contents();
    world.restore();
    const anyField = fc.constantFrom(...fields);
    await fc.assert(
      fc.asyncProperty(anyField, fc.constantFrom(...ways), hostile, async (field, way, make) => {
        const right: unknown = Reflect.get(tensors[1]!, field);
        let reads = 0;
        const lookalike = altered(tensors[1]!, field, () => {
          if (way === 'throws') throw new Error('a getter');
          return way === 'becomes' && reads++ === 0 ? right : make();
        });
        const { error } = await outcome(run, [[tensors[0], lookalike], ...run.args.slice(1)]);
        if (error) expectRefusal(error, run.names!);
        if (error) expect(await world.contents()).toEqual(untouched);
        else if (way === 'becomes') expect(await world.contents()).toEqual(expected);
        world.restore();
      }),
      { numRuns: 100 },
    );
  });
});
