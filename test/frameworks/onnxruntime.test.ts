import { describe, expect, it } from 'vitest';
import { createNoiseEngine, type Format, noise } from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { doublingModel } from '../../bench/suite/yardsticks/onnxModel.mjs';
import { takeSharedMemory } from '../../demo/recipes/node.js';
import { storedArray, strangeElements } from '../arrays.js';
import { expectSameBits } from '../bits.js';
import { testDevice } from '../gpu/device.js';
import { itRefuses } from '../refusals.js';
import { defineNavigatorGPU } from './navigator.js';

await defineNavigatorGPU();
takeSharedMemory();
const { env, InferenceSession, Tensor } = await import('onnxruntime-web/webgpu');
const { createTensor, getDevice, sessionOptions, targets } = await import(
  'webgpu-noise/onnxruntime'
);
env.wasm.numThreads = 1;

const { device } = await testDevice();
const engine = createNoiseEngine(device);
const add = engine.chain([noise({ std: 2 })]);
const at = { position: 8 };
const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

/** A tensor on the GPU with these numbers. */
function tensorOf(values: Float32Array<ArrayBuffer>) {
  const tensor = createTensor(device, 'float32', [values.length]);
  device.queue.writeBuffer(tensor.gpuBuffer as GPUBuffer, 0, values);
  return tensor;
}

function noisy(...lists: ArrayLike<number>[]): Float32Array[] {
  const arrays = lists.map((list) => Float32Array.from(list));
  createReferenceEngine().chain(add.ops).run(arrays, { at });
  return arrays;
}

const FIVE = Float32Array.of(1, 2, 3, 4, 5);

describe('a session of ONNX Runtime', () => {
  it('has no device to share before it is made on one of its own', async () => {
    const sentence =
      'getDevice: onnxruntime-web must have created a session on a device of its own';
    await expect(getDevice()).rejects.toThrow(sentence);
  });

  it('reads the noise that was added before, and writes where more can be added', async () => {
    const session = await InferenceSession.create(doublingModel(5), sessionOptions(device));
    const x = tensorOf(FIVE);
    add.run(targets(x), { at });
    const { z } = await session.run({ x });
    const twice = noisy(FIVE)[0]!.map((each) => 2 * each);
    expectSameBits(await engine.read(targets(z!)), twice);
    add.run(targets(z!), { at });
    expectSameBits((await z!.getData()) as Float32Array, noisy(twice)[0]!);
    expectSameBits(await engine.read(targets(x)), noisy(FIVE)[0]!);
    await session.release();
    add.run(targets(x), { at }); // the device is still there
    await engine.read(targets(x));
  });

  it('shares the device of its own', async () => {
    const options = {
      executionProviders: ['webgpu'],
      preferredOutputLocation: 'gpu-buffer',
    } as const;
    const session = await InferenceSession.create(doublingModel(5), options);
    const own = createNoiseEngine(await getDevice());
    const { z } = await session.run({ x: new Tensor('float32', FIVE, [5]) });
    own.chain(add.ops).run(targets(z!), { at });
    expectSameBits(await own.read(targets(z!)), noisy(FIVE.map((each) => 2 * each))[0]!);
    own.destroy();
    await session.release();
  });
});

describe('sessionOptions', () => {
  it('gives the device to the webgpu provider, and keeps the rest', () => {
    expect(sessionOptions(device)).toEqual({
      executionProviders: [{ name: 'webgpu', device }],
      preferredOutputLocation: 'gpu-buffer',
    });
    const providers = [{ name: 'webgpu', forceCpuNodeNames: ['a'] }, 'wasm'] as const;
    const given = { executionProviders: providers, preferredOutputLocation: 'cpu' } as const;
    expect(sessionOptions(device, { ...given, enableMemPattern: false })).toEqual({
      executionProviders: [{ name: 'webgpu', forceCpuNodeNames: ['a'], device }, 'wasm'],
      preferredOutputLocation: 'cpu',
      enableMemPattern: false,
    });
  });

  itRefuses(TypeError, {
    'sessionOptions: device must be a GPUDevice, got undefined': () =>
      sessionOptions(undefined as never),
    'sessionOptions: options must be an object, got "webgpu"': () =>
      sessionOptions(device, 'webgpu' as never),
    'sessionOptions: executionProviders must be a list, got "webgpu"': () =>
      sessionOptions(device, { executionProviders: 'webgpu' as never }),
    'sessionOptions: executionProviders[1] must be an object, got 5': () =>
      sessionOptions(device, { executionProviders: ['webgpu', 5 as never] }),
    'sessionOptions: the webgpu provider must be given no other device, got one': () =>
      sessionOptions(device, { executionProviders: [{ name: 'webgpu', device: {} as never }] }),
  });
});

describe('targets of ONNX Runtime', () => {
  it('are in a list once for all tensors in the same buffer, as the longest', async () => {
    const [x, y] = [tensorOf(FIVE), tensorOf(FIVE)];
    const part = Tensor.fromGpuBuffer(x.gpuBuffer, { dataType: 'float32', dims: [2, 2] });
    const list = targets([part, y, x]);
    expect(list.map(({ shape }) => shape)).toEqual([[5], [5]]);
    engine.perturb(list, { std: 2, at });
    const [first, second] = noisy(FIVE, FIVE);
    expectSameBits(await engine.read(targets(x)), first!);
    expectSameBits(await engine.read(targets(y)), second!);
  });

  const types = { f32: 'float32', f16: 'float16', u8: 'uint8', unorm8: 'uint8' } as const;
  it.each(Object.entries(types))('have the noise of the reference in %s', async (name, type) => {
    const format = name as Format & keyof typeof types;
    const chain = engine.chain([noise({ std: 2 })], { format });
    const data = strangeElements(format);
    const tensor = createTensor(device, type, [data.length]);
    device.queue.writeBuffer(tensor.gpuBuffer as GPUBuffer, 0, data as Uint8Array<ArrayBuffer>);
    chain.run(targets(tensor, { format }), { at });
    createReferenceEngine().chain(chain.ops, { format }).run(data, { at });
    const found = await engine.read(targets(tensor, { format }), { format });
    expectSameBits(storedArray(format, found), data);
  });

  it('may be empty, or a scalar', () => {
    const list = targets([
      createTensor(device, 'float32', [0, 3]),
      createTensor(device, 'float32', []),
    ]);
    expect(list.map(({ count }) => count)).toEqual([0, 1]);
    expect(() => add.run(list, { at })).not.toThrow();
  });

  const onGPU = (size: number, dataType: 'float32' | 'int32' | 'float16', dims: number[]) =>
    Tensor.fromGpuBuffer(device.createBuffer({ size, usage }), { dataType, dims });

  itRefuses(TypeError, {
    'targets: tensor must be a tensor of ONNX Runtime, got a Float32Array': () =>
      targets(FIVE as never),
    'targets: tensor must be on the GPU, got location "cpu", where getData() moves it, too': () =>
      targets(new Tensor('float32', FIVE, [5])),
    'targets: tensor must not be disposed, got one that is': () => {
      const tensor = createTensor(device, 'float32', [1]);
      tensor.dispose();
      targets(tensor);
    },
    'targets: tensor must be in a GPUBuffer, got an object': () =>
      targets(Tensor.fromGpuBuffer({} as never, { dataType: 'float32', dims: [1] })),
    'targets: tensor must have elements of float32, got "int32"': () =>
      targets(onGPU(16, 'int32', [1])),
    'targets: tensors[0] must have elements of float32, got "float16"': () =>
      targets([onGPU(16, 'float16', [1])]),
    'targets: tensor must have elements of float16, got "float32"': () =>
      targets(onGPU(16, 'float32', [1]), { format: 'f16' }),
    'targets: format must be "f32" or "f16" or "u8" or "unorm8" or "u32", got "bf16"': () =>
      targets(onGPU(16, 'float32', [1]), { format: 'bf16' as never }),
  });
  itRefuses(RangeError, {
    'targets: tensor must be in a buffer of at least 32 bytes, which ONNX Runtime reads and writes, got 20':
      () => targets(onGPU(20, 'float32', [5])),
  });

  it('of another device than the engine, or in a destroyed buffer, reject the next ready()', async () => {
    const other = await requestDevice();
    const stranger = createNoiseEngine(other, { math: 'native' }).chain(add.ops);
    stranger.run(targets(tensorOf(FIVE)));
    await expect(stranger.ready()).rejects.toThrow('run: the device refused');
    other.destroy();

    const owner = tensorOf(FIVE);
    const part = Tensor.fromGpuBuffer(owner.gpuBuffer, { dataType: 'float32', dims: [2] });
    owner.dispose();
    const own = createNoiseEngine(device, { math: 'native' }).chain(add.ops);
    own.run(targets(part));
    await expect(own.ready()).rejects.toThrow('run: the device refused');
  });
});

describe('createTensor', () => {
  it('makes a buffer as long as ONNX Runtime needs it, and destroys it with the tensor', async () => {
    const tensor = createTensor(device, 'uint8', [1, 17]);
    const buffer = tensor.gpuBuffer as GPUBuffer;
    expect(buffer.size).toBe(32);
    expect([tensor.type, tensor.dims]).toEqual(['uint8', [1, 17]]);
    tensor.dispose();
    device.pushErrorScope('validation');
    device.queue.writeBuffer(buffer, 0, new Uint8Array(32));
    expect((await device.popErrorScope())?.message).toContain('destroyed');
  });

  itRefuses(TypeError, {
    'createTensor: device must be a GPUDevice, got null': () =>
      createTensor(null as never, 'float32', [1]),
    'createTensor: type must be "float32" or "float16" or "uint8" or "uint32", got "int64"': () =>
      createTensor(device, 'int64' as never, [1]),
    'createTensor: dims must be a list of sizes, got 3': () =>
      createTensor(device, 'float32', 3 as never),
  });
  itRefuses(RangeError, {
    'createTensor: dims must hold whole numbers ≥ 0, got 1.5': () =>
      createTensor(device, 'float32', [1.5]),
    [`createTensor: dims must be of at most ${device.limits.maxBufferSize} bytes, as buffers of the device can be, got ${2 ** 62}`]:
      () => createTensor(device, 'float32', [2 ** 30, 2 ** 30]),
  });
});
