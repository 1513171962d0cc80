import type { Tensor } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNoiseEngine, noise, normal } from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { altered } from '../altered.js';
import { expectSameBits } from '../bits.js';
import { testDevice } from '../gpu/device.js';
import { itRefuses } from '../refusals.js';
import { defineNavigatorGPU } from './navigator.js';

await defineNavigatorGPU();
const tf = await import('@tensorflow/tfjs-core');
await import('@tensorflow/tfjs-backend-cpu');
await import('@tensorflow/tfjs-backend-webgpu');
await import('@tensorflow/tfjs-layers'); // brings gradients
const { getDevice, randomNormal, setDevice, targets } = await import('webgpu-noise/tfjs');

await tf.setBackend('cpu');
const onCPU = tf.tensor([1, 2, 3]);
const { device } = await testDevice();
await setDevice(device);

const engine = createNoiseEngine(device);
const add = engine.chain([noise({ std: 2 })]);
const at = { position: 8 };

/** What `add` makes of these numbers. */
function noisy(...lists: ArrayLike<number>[]): Float32Array[] {
  const arrays = lists.map((list) => Float32Array.from(list));
  createReferenceEngine().chain(add.ops).run(arrays, { at });
  return arrays;
}

/** More than tfjs leaves to the CPU. */
const COUNT = 1000;
const numbers = Float32Array.from({ length: COUNT }, (_, i) => i / 8);

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
  tf.engine().startScope();
});
afterEach(() => {
  tf.engine().endScope();
  expect(tf.memory().numTensors).toBe(tensors);
});

describe('targets of tfjs', () => {
  it('are on the device that tfjs was given', async () => {
    expect(getDevice()).toBe(device);
    await setDevice(device);
    expect(getDevice()).toBe(device);
  });

  it('are on it at once, where tfjs has not yet started a backend of its own', async () => {
    let started = 0;
    tf.removeBackend('webgpu');
    tf.registerBackend('webgpu', async () => {
      started++;
      throw new Error('not wanted');
    });
    await setDevice(device);
    expect(getDevice()).toBe(device);
    expect(started).toBe(0);
  });

  it('are noised in place, between the ops before and after', async () => {
    const x = tf.tensor(numbers, [10, 100]);
    const y = tf.add(x, 1);
    add.run(targets(y), { at });
    const z = tf.mul(y, 2);
    const [expected] = noisy(numbers.map((each) => each + 1));
    expectSameBits(await y.data(), expected!);
    const twice = expected!.map((each) => each * 2);
    expectSameBits(await z.data(), twice);
    expectSameBits(await x.data(), numbers);
  });

  it('have the shape of the tensor, and one axis for a scalar', () => {
    const [matrix, scalar] = targets([tf.zeros([10, 100]), tf.scalar(1)]);
    expect(matrix).toMatchObject({ count: 1000, shape: [10, 100] });
    expect(scalar).toMatchObject({ count: 1, shape: [1] });
  });

  it('are read anew where data() has left a copy', async () => {
    const x = tf.tensor(numbers);
    const y = tf.neg(x);
    expectSameBits(
      await y.data(),
      numbers.map((each) => -each),
    );
    add.run(targets(y), { at });
    expectSameBits(await y.data(), noisy(numbers.map((each) => -each))[0]!);
  });

  it('are in a list once for all tensors of the same data', async () => {
    const x = tf.tensor(numbers);
    const y = tf.tensor(numbers);
    const variable = tf.variable(x);
    const list = targets([x, tf.reshape(x, [10, 100]), y, tf.clone(y), variable]);
    expect(list.map(({ count }) => count)).toEqual([COUNT, COUNT]);
    engine.perturb(list, { std: 2, at });
    const [first, second] = noisy(numbers, numbers);
    expectSameBits(await variable.data(), first!);
    expectSameBits(await y.data(), second!);
    variable.dispose();
  });

  it('follow a variable to the buffer of its last step of training', async () => {
    const weights = tf.variable(tf.zeros([COUNT]));
    const optimizer = tf.train.sgd(1);
    for (let step = 0; step < 2; step++) {
      optimizer.minimize(() => tf.sum(tf.mul(weights, tf.tensor(numbers))) as never);
    }
    add.run(targets(weights), { at });
    expectSameBits(await weights.data(), noisy(numbers.map((each) => -2 * each))[0]!);
    optimizer.dispose();
    weights.dispose();
  });

  it('leave alone what follows the tensor in a buffer of yours', async () => {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({ size: 4 * COUNT, usage });
    device.queue.writeBuffer(buffer, 0, numbers);
    add.run(targets(tf.tensor({ buffer, zeroCopy: true }, [5])), { at });
    const expected = Float32Array.from(numbers);
    expected.set(noisy(numbers.subarray(0, 5))[0]!);
    expectSameBits(await engine.read(buffer), expected);
  });

  it('may come of whole numbers by the way that the refusal of a cast names', async () => {
    const whole = tf.tensor(numbers.map(Math.floor), [COUNT], 'int32');
    const x = tf.mul(tf.cast(whole, 'float32'), 1);
    add.run(targets(x), { at });
    expectSameBits(await x.data(), noisy(numbers.map(Math.floor))[0]!);
  });

  it('may be empty', () => {
    expect(() => add.run(targets([tf.zeros([0, 3])]), { at })).not.toThrow();
  });

  itRefuses(TypeError, {
    'targets: tensor must be a tensor of tfjs, got 5': () => targets(5 as never),
    'targets: tensors[1] must be a tensor of tfjs, got a GPUBuffer': () =>
      targets([tf.zeros([1]), targets(tf.zeros([1])).buffer as never]),
    'targets: tensor must have elements of float32, got "int32"': () =>
      targets(tf.zeros([1], 'int32')),
    'targets: tensor must have elements of float32, got "bool"': () =>
      targets(tf.zeros([1], 'bool')),
    'targets: tensor must be stored as float32, got int32, which tf.cast leaves as it is': () =>
      targets(tf.cast(tf.zeros([1], 'int32'), 'float32')),
    'targets: tensor must not be disposed, got one that is': () => {
      const x = tf.zeros([1]);
      x.dispose();
      targets(x);
    },
    "targets: tensor must be on tfjs's webgpu backend, got one that was made on another": () =>
      targets(onCPU),
    "targets: tensors[1] must be on tfjs's webgpu backend": () => {
      const [x, y] = [tf.zeros([1]), tf.zeros([1])];
      tf.backend().disposeData(y.dataId, true);
      targets([x, y]);
    },
  });

  it('are refused while tfjs runs on another backend', async () => {
    await tf.setBackend('cpu');
    try {
      const sentence = 'must run on its webgpu backend, got "cpu"';
      expect(getDevice).toThrow(`getDevice: tfjs ${sentence}`);
      expect(() => targets(onCPU)).toThrow(`targets: tfjs ${sentence}`);
      expect(() => randomNormal(engine, [1])).toThrow(`randomNormal: tfjs ${sentence}`);
    } finally {
      await tf.setBackend('webgpu');
    }
  });

  it('are refused where tfjs lacks what they need of it', () => {
    const backend = tf.backend();
    Object.defineProperty(backend, 'uploadToGPU', { value: undefined, configurable: true });
    const sentence =
      'targets: the webgpu backend of tfjs must have uploadToGPU, as it has in 4.22, got undefined in 4.';
    expect(() => targets(tf.zeros([1]))).toThrow(sentence);
    Reflect.deleteProperty(backend, 'uploadToGPU');
    expect(() => targets(tf.zeros([1]))).not.toThrow();
  });

  it('of another device than the engine reject the next ready()', async () => {
    const other = await requestDevice();
    const stranger = createNoiseEngine(other, { math: 'native' }).chain([noise()]);
    stranger.run(targets(tf.zeros([COUNT])));
    await expect(stranger.ready()).rejects.toThrow('run: the device refused');
    other.destroy();
  });
});

describe('setDevice of tfjs', () => {
  it('refuses what is no device', async () => {
    const sentence = 'setDevice: device must be a GPUDevice, got an object';
    await expect(setDevice({} as never)).rejects.toThrow(sentence);
  });

  it('refuses to lose the tensors that are there', async () => {
    const x = tf.zeros([1]);
    const other = await requestDevice();
    const sentence = 'must have no tensors on its webgpu backend, where they would be lost, got';
    await expect(setDevice(other)).rejects.toThrow(`setDevice: tfjs ${sentence}`);
    expect(getDevice()).toBe(device);
    expect([...(await x.data())]).toEqual([0]);
    other.destroy();
  });
});

describe('randomNormal on tfjs', () => {
  const expected = (count: number, options = {}, position = 0) => {
    const array = new Float32Array(count);
    const chain = createReferenceEngine().chain([normal(options)]);
    chain.run(array, { at: { position } });
    return array;
  };

  it('draws the normals of the reference, and moves on in them', async () => {
    const own = createNoiseEngine(device);
    const options = { mean: 3, std: 0.5 };
    const [first, second]: Tensor[] = [
      randomNormal(own, [10, 100], options),
      randomNormal(own, [7]),
    ];
    expect([first!.shape, first!.dtype, second!.shape]).toEqual([[10, 100], 'float32', [7]]);
    expectSameBits(await first!.data(), expected(1000, options));
    expectSameBits(await second!.data(), expected(7, {}, 1000));
    expect(own.state.position).toBe(1007n);
    expectSameBits(
      await tf.mul(first!, 2).data(),
      expected(1000, options).map((z) => 2 * z),
    );
  });

  it('takes an engine through a proxy, as those that make things reactive', () => {
    expect(randomNormal(new Proxy(engine, {}), [2], { at }).shape).toEqual([2]);
  });

  it('draws where it is told, a scalar too', async () => {
    expectSameBits(await randomNormal(engine, [], { at }).data(), expected(1, {}, 8));
    expect(engine.state.position).toBe(0n);
  });

  itRefuses(TypeError, {
    'randomNormal: engine must be a noise engine, got a GPUDevice': () =>
      randomNormal(device as never, [1]),
    'randomNormal: engine must be a noise engine, got an object': () =>
      randomNormal({ chain() {}, device } as never, [1]),
    'randomNormal: device of engine must be readable, got a Error': () => {
      const thrower = altered(engine, 'device', () => {
        throw new Error('a getter');
      });
      randomNormal(thrower, [1]);
    },
    'randomNormal: shape must be a list of sizes, got 3': () => randomNormal(engine, 3 as never),
    'randomNormal: unknown field "stddev" in options': () =>
      randomNormal(engine, [1], { stddev: 1 } as never),
  });
  itRefuses(RangeError, {
    'randomNormal: shape must hold whole numbers ≥ 0, got -1': () => randomNormal(engine, [2, -1]),
    [`randomNormal: shape must be of at most ${device.limits.maxBufferSize} bytes, as buffers of the device can be, got ${2 ** 62}`]:
      () => randomNormal(engine, [2 ** 30, 2 ** 30]),
    'normal: std must be a finite number ≥ 0, got -1': () => randomNormal(engine, [1], { std: -1 }),
    'run: position must be from 0 to 2^66 - 1, got -1': () =>
      randomNormal(engine, [1], { at: { position: -1 } }),
  });

  it('refuses an engine on another device', async () => {
    const other = await requestDevice();
    const sentence = 'randomNormal: engine must be on the device of tfjs, got one on another';
    expect(() => randomNormal(createNoiseEngine(other), [1])).toThrow(sentence);
    other.destroy();
  });
});
