import type { Tensor } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNoiseEngine, noise } from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { expectSameBits } from '../bits.js';
import { testDevice } from '../gpu/device.js';
import { itRefuses } from '../refusals.js';
import { defineNavigatorGPU } from './navigator.js';

await defineNavigatorGPU();
const tf = await import('@tensorflow/tfjs-core');
await import('@tensorflow/tfjs-backend-webgpu');
const { gaussianNoise, registerGaussianNoise, setDevice } = await import('webgpu-noise/tfjs');

const { device } = await testDevice();
await setDevice(device);
const engine = createNoiseEngine(device, { seed: 7 });

it('gaussianNoise refuses to be made before tfjs-layers is there', () => {
  const sentence = 'gaussianNoise: @tensorflow/tfjs-layers must be imported, got none';
  expect(() => gaussianNoise({ engine, stddev: 1 })).toThrow(sentence);
});

/** As in a program: before tfjs-layers is loaded, only the test above. */
const loadLayers = () => import('@tensorflow/tfjs-layers');
let layers: Awaited<ReturnType<typeof loadLayers>>;

const [ROWS, COLUMNS] = [64, 32];
const numbers = Float32Array.from({ length: ROWS * COLUMNS }, (_, i) => (i % 37) / 8);

/** The numbers with the noise of one step of training, from a position on. */
function noisy(std: number, position: number): Float32Array {
  const array = Float32Array.from(numbers);
  const chain = createReferenceEngine({ seed: 7 }).chain([noise({ std })]);
  chain.run(array, { at: { position } });
  return array;
}

const training = (layer: { apply(x: Tensor, options?: object): unknown }, x: Tensor) =>
  layer.apply(x, { training: true }) as Tensor;

describe('gaussianNoise', () => {
  beforeEach(async () => {
    layers = await loadLayers();
    engine.state = { position: 0 };
    tf.engine().startScope();
  });
  afterEach(() => tf.engine().endScope());

  it('adds the noise of the reference in training, other noise at each step', async () => {
    const layer = gaussianNoise({ engine, stddev: 0.5 });
    const x = tf.tensor(numbers, [ROWS, COLUMNS]);
    const [first, second] = [training(layer, x), training(layer, x)];
    expect(first.shape).toEqual([ROWS, COLUMNS]);
    expectSameBits(await first.data(), noisy(0.5, 0));
    expectSameBits(await second.data(), noisy(0.5, numbers.length));
    expectSameBits(await x.data(), numbers);
  });

  it('gives back what it gets in inference, and draws nothing', async () => {
    const layer = gaussianNoise({ engine, stddev: 0.5 });
    const x = tf.tensor(numbers, [ROWS, COLUMNS]);
    expectSameBits(await (layer.apply(x) as Tensor).data(), numbers);
    expect(engine.state.position).toBe(0n);
  });

  it('lets gradients through as they are', async () => {
    const layer = gaussianNoise({ engine, stddev: 0.5 });
    const x = tf.tensor(numbers, [ROWS, COLUMNS]);
    const slope = tf.tensor(
      numbers.map((each) => each - 1),
      [ROWS, COLUMNS],
    );
    const gradient = tf.grad((input) => tf.sum(tf.mul(training(layer, input), slope)))(x);
    expectSameBits(await gradient.data(), await slope.data());
  });

  it('takes whole numbers as floats, cast or not', async () => {
    const layer = gaussianNoise({ engine, stddev: 0.5 });
    const whole = tf.tensor(numbers.map(Math.floor), [ROWS, COLUMNS], 'int32');
    const expected = numbers.map(Math.floor);
    createReferenceEngine({ seed: 7 })
      .chain([noise({ std: 0.5 })])
      .run(expected);
    for (const x of [whole, tf.cast(whole, 'float32')]) {
      engine.state = { position: 0 };
      expectSameBits(await training(layer, x).data(), expected);
    }
  });

  /** A model, trained for two epochs; the noise is all that is random about it. */
  async function train(layer = gaussianNoise({ engine, stddev: 0.5, inputShape: [COLUMNS] })) {
    const dense = layers.layers.dense({ units: 1, kernelInitializer: 'ones' });
    const model = layers.sequential({ layers: [layer, dense] });
    model.compile({ loss: 'meanSquaredError', optimizer: tf.train.sgd(0.001) });
    const x = tf.tensor(numbers, [ROWS, COLUMNS]);
    const options = { epochs: 2, batchSize: ROWS / 2, shuffle: false, verbose: 0 as const };
    await model.fit(x, tf.ones([ROWS, 1]), options);
    const position = engine.state.position;
    const [output] = [model.predict(x) as Tensor];
    return { model, position, weights: await dense.getWeights()[0]!.data(), output };
  }

  it('trains in model.fit, the same from the same state of the engine', async () => {
    const first = await train();
    expect(first.position).toBe(BigInt(2 * numbers.length));
    const onward = await train();
    engine.state = { position: 0 };
    const again = await train();
    expectSameBits(again.weights, first.weights);
    expect([...onward.weights]).not.toEqual([...first.weights]);
  });

  it('keeps still in model.predict', async () => {
    const { model, position, output } = await train();
    expectSameBits(
      await (model.predict(tf.tensor(numbers, [ROWS, COLUMNS])) as Tensor).data(),
      await output.data(),
    );
    expect(engine.state.position).toBe(position);
  });

  it('comes back with a model that was saved, and draws from the registered engine', async () => {
    const { model } = await train();
    const saved = JSON.parse(model.toJSON() as string);
    expect(saved.config.layers[0]).toMatchObject({
      class_name: 'WebGPUGaussianNoise',
      config: { stddev: 0.5 },
    });
    const other = createNoiseEngine(device, { seed: 7, position: 100 });
    registerGaussianNoise(other);
    const weightData = new Uint8Array(4 * (COLUMNS + 1)).buffer;
    const weightSpecs = model.weights.map(({ shape, originalName: name }) => ({
      name,
      shape: shape as number[],
      dtype: 'float32' as const,
    }));
    const loaded = await layers.loadLayersModel({
      load: async () => ({ modelTopology: saved, weightSpecs, weightData }),
    });
    const x = tf.tensor(numbers, [ROWS, COLUMNS]);
    expectSameBits(await training(loaded.layers[0]!, x).data(), noisy(0.5, 100));
    expect(other.state.position).toBe(100n + BigInt(numbers.length));
  });

  itRefuses(TypeError, {
    'gaussianNoise: engine must be a noise engine, got a GPUDevice': () =>
      gaussianNoise({ engine: device as never, stddev: 1 }),
    'gaussianNoise: engine must be a noise engine, got undefined': () =>
      gaussianNoise({ stddev: 1 } as never),
    'gaussianNoise: stddev must be a number, got undefined': () =>
      gaussianNoise({ engine } as never),
    'registerGaussianNoise: engine must be a noise engine, got undefined': () =>
      registerGaussianNoise(undefined as never),
  });
  itRefuses(RangeError, {
    'gaussianNoise: stddev must be a finite number ≥ 0, got -1': () =>
      gaussianNoise({ engine, stddev: -1 }),
  });

  it('refuses an engine on another device, and makes nothing', async () => {
    const other = await requestDevice();
    const layer = gaussianNoise({ engine: createNoiseEngine(other), stddev: 1 });
    const x = tf.ones([1, 2]);
    const before = tf.memory().numTensors;
    const sentence = 'gaussianNoise: engine must be on the device of tfjs, got one on another';
    expect(() => training(layer, x)).toThrow(sentence);
    expect(tf.memory().numTensors).toBe(before);
    other.destroy();
  });
});
