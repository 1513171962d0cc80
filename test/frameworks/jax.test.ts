import type { Array as JaxArray } from '@jax-js/jax';
import { afterAll, describe, expect, it } from 'vitest';
import { createNoiseEngine, noise } from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { expectSameBits } from '../bits.js';
import { itRefuses } from '../refusals.js';
import { defineNavigatorGPU } from './navigator.js';

await defineNavigatorGPU();
const { defaultDevice, init, jit, numpy: np } = await import('@jax-js/jax');
const { getDevice, targets } = await import('webgpu-noise/jax');

const beforehand = await (async () => getDevice())().catch(String);
await init('webgpu');
await init('cpu');
defaultDevice('webgpu');

it('jax-js has no device to share before it is initialised', () => {
  const sentence = "getDevice: jax-js must be initialised by init('webgpu'), got no device";
  expect(beforehand).toBe(`Error: ${sentence}`);
});

const COUNT = 1000;
const numbers = Float32Array.from({ length: COUNT }, (_, i) => i / 8);

describe('targets of jax-js', () => {
  const device = getDevice();
  const errors: string[] = [];
  device.addEventListener('uncapturederror', ({ error }) => errors.push(error.message));
  afterAll(async () => {
    await device.queue.onSubmittedWorkDone();
    expect(errors).toEqual([]);
  });

  const engine = createNoiseEngine(device);
  const add = engine.chain([noise({ std: 2 })]);
  const at = { position: 8 };

  function noisy(...lists: ArrayLike<number>[]): Float32Array[] {
    const arrays = lists.map((list) => Float32Array.from(list));
    createReferenceEngine().chain(add.ops).run(arrays, { at });
    return arrays;
  }

  it('are noised in place, between the ops before and after', async () => {
    const x = np.array(numbers).reshape([10, 100]);
    const y = x.add(1); // put off until it is needed
    expect(targets([y])[0]).toMatchObject({ count: COUNT, shape: [10, 100] });
    add.run(targets(y), { at });
    const z = y.ref.mul(2);
    const [expected] = noisy(numbers.map((each) => each + 1));
    expectSameBits((await y.data()) as Float32Array, expected!);
    const twice = expected!.map((each) => 2 * each);
    expectSameBits((await z.data()) as Float32Array, twice);
  });

  it('use up no reference', () => {
    const x = np.array(numbers);
    targets([x, x]);
    expect(x.refCount).toBe(1);
    x.dispose();
  });

  it('may be constants, which jax-js does not store until then', async () => {
    const x = np.ones([COUNT]);
    add.run(targets(x), { at });
    expectSameBits((await x.data()) as Float32Array, noisy(numbers.map(() => 1))[0]!);
  });

  it('are in a list once for all arrays of the same buffer', async () => {
    const [x, y] = [np.array(numbers), np.array(numbers)];
    const matrix = x.ref.reshape([10, 100]);
    const list = targets([x, matrix, y]);
    expect(list.map(({ count }) => count)).toEqual([COUNT, COUNT]);
    engine.perturb(list, { std: 2, at });
    const [first, second] = noisy(numbers, numbers);
    expectSameBits((await matrix.data()) as Float32Array, first!);
    expectSameBits((await y.data()) as Float32Array, second!);
    x.dispose();
  });

  it('are elements in the order of a transposed array, in a buffer of its own', async () => {
    const x = np.array(Float32Array.of(1, 2, 3, 4, 5, 6)).reshape([2, 3]);
    const turned = x.ref.transpose();
    add.run(targets(turned), { at });
    expectSameBits((await turned.data()) as Float32Array, noisy([1, 4, 2, 5, 3, 6])[0]!);
    expect([...(await x.data())]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('may be a scalar', async () => {
    const x = np.array(3);
    expect(targets([x])[0]).toMatchObject({ count: 1, shape: [1] });
    x.dispose();
  });

  const ints = np.array([1, 2], { dtype: np.int32 });
  const ended = np.array([1, 2]);
  ended.dispose();
  const onCPU = np.array([1, 2], { device: 'cpu' });
  itRefuses(TypeError, {
    'targets: tensor must be an array of jax-js, outside of what it traces, got a Float32Array':
      () => targets(numbers as never),
    'targets: tensor must be an array of jax-js, outside of what it traces, got a J': () =>
      jit((x: JaxArray) => {
        targets(x);
        return x;
      })(np.ones([2])),
    'targets: refCount of an array must be readable, got a TypeError': () =>
      targets(new Proxy(ints, {})), // as those that make things reactive
    'targets: tensor must have elements of float32, got "int32"': () => targets(ints),
    'targets: tensors[0] must have elements of float16, got "int32"': () =>
      targets([ints], { format: 'f16' }),
    'targets: tensor must not be disposed, got one that is': () => targets(ended),
    'targets: tensor must be on the webgpu backend of jax-js, got "cpu"': () => targets(onCPU),
    'targets: format must be "f32" or "f16" or "u32", got "u8"': () =>
      targets(ints, { format: 'u8' as never }),
  });

  it('use up no reference either where jax-js cannot compute them', () => {
    const x = np.ones([2]);
    const value = () => {
      throw new Error('out of memory');
    };
    Object.defineProperty(x, 'gpuBufferSync', { value });
    expect(() => targets(x)).toThrow('out of memory');
    expect(x.refCount).toBe(1);
  });

  it('of another device than the engine reject the next ready()', async () => {
    const other = await requestDevice();
    const stranger = createNoiseEngine(other, { math: 'native' }).chain(add.ops);
    stranger.run(targets(np.ones([COUNT])));
    await expect(stranger.ready()).rejects.toThrow('run: the device refused');
    other.destroy();
  });

  it('are refused where jax-js lacks what they need of it', () => {
    const x = np.ones([2]);
    Object.defineProperty(x, 'gpuBufferSync', { value: undefined, configurable: true });
    const sentence =
      'targets: an array of jax-js must have gpuBufferSync, as it has in 0.1.25, got';
    expect(() => targets(x)).toThrow(sentence);
    Reflect.deleteProperty(x, 'gpuBufferSync');
    expect(() => targets(x)).not.toThrow();
  });
});
