import { describe, expect, it } from 'vitest';
import { createNoiseEngine, noise } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { expectSameBits } from '../bits.js';
import { testDevice } from '../gpu/device.js';
import { defineNavigatorGPU } from './navigator.js';

await defineNavigatorGPU();
const tf = await import('@tensorflow/tfjs-core');
await import('@tensorflow/tfjs-backend-webgpu');
const { getDevice, setDevice, targets } = await import('webgpu-noise/tfjs');

const { device } = await testDevice();
await setDevice(device);
const engine = createNoiseEngine(device);
const add = engine.chain([noise({ std: 2 })]);

/** What `add` makes of these numbers from a position on. */
function noisy(values: ArrayLike<number>, position = 0): Float32Array {
  const expected = Float32Array.from(values);
  createReferenceEngine().chain(add.ops).run(expected, { at: { position } });
  return expected;
}

const at = { position: 0 };
const numbers = (count: number) => Float32Array.from({ length: count }, (_, i) => i / 8);

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

  it('are noised in place, bit for bit, after the ops that tfjs has not yet submitted', async () => {
    const x = tf.tensor(numbers(1000), [10, 100]);
    const y = tf.add(x, 1);
    const [range] = targets([y]);
    expect(range).toEqual({ buffer: expect.anything(), count: 1000, shape: [10, 100] });
    add.run(targets(y), { at });
    const z = tf.mul(y, 2);
    const expected = noisy(numbers(1000).map((each) => each + 1));
    expectSameBits(await y.data(), expected);
    expectSameBits(
      await z.data(),
      expected.map((each) => each * 2),
    );
    expectSameBits(await x.data(), numbers(1000));
  });
});
