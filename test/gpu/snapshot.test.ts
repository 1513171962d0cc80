import { describe, expect, it, vi } from 'vitest';
import { createNoiseEngine, normal } from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { formatNames, formats } from '../../src/format.js';
import { strangeElements } from '../arrays.js';
import { mixedCounts, modelOf, tensorsIn } from '../tensors.js';
import { testDevice, withLimits } from './device.js';

const { device, engine, buffer } = await testDevice();
const { STORAGE } = GPUBufferUsage;

/** All bits of buffers, those of NaNs too. */
const words = (buffers: readonly GPUBuffer[]) =>
  Promise.all(buffers.map((each) => engine().read(each, { format: 'u32' })));

describe('a snapshot', () => {
  it('gives tensors the exact bits back, in every format, at odd offsets and in small pieces', async () => {
    const tiny = createNoiseEngine(withLimits(device, { maxStorageBufferBindingSize: 512 }));
    for (const gpu of [engine(), tiny]) {
      for (const format of formatNames) {
        const model = modelOf(format, mixedCounts);
        const buffers = model.arrays.map((array) => buffer(array));
        const before = await words(buffers);
        const snapshot = gpu.snapshot(tensorsIn(model, buffers), { format });
        gpu.chain([normal({ std: 99 })]).run(buffers);
        const expected = await words(buffers);
        snapshot.restore();
        const { bytes } = formats[format];
        for (const { array, offset, count } of model.places) {
          const saved = new Uint8Array(before[array]!.buffer, offset * bytes, count * bytes);
          new Uint8Array(expected[array]!.buffer).set(saved, offset * bytes);
        }
        expect(await words(buffers)).toEqual(expected);
        expect(expected).not.toEqual(before);
        for (const each of buffers) each.destroy();
        snapshot.destroy();
      }
    }
  });

  it('undoes what a perturbation and its inverse round away', async () => {
    const gpu = engine();
    for (const format of ['f16', 'bf16', 'f32'] as const) {
      const tensors = [buffer(strangeElements(format))];
      const before = await words(tensors);
      const snapshot = gpu.snapshot(tensors, { format });
      const at = gpu.perturb(tensors, { std: 1e-3, format });
      gpu.perturb(tensors, { std: 1e-3, format, sign: -1, at });
      expect(await words(tensors)).not.toEqual(before);
      snapshot.restore();
      expect(await words(tensors)).toEqual(before);
    }
  });

  it('may be restored again and again, and saved anew, without making anything', async () => {
    const gpu = engine();
    const tensors = [buffer(Float32Array.of(1, 2, 3)), buffer(Float32Array.of(4))];
    const snapshot = gpu.snapshot(tensors);
    gpu.perturb(tensors, { std: 1 });
    snapshot.restore();
    snapshot.save();
    const create = vi.spyOn(device, 'createBuffer');
    const bind = vi.spyOn(device, 'createBindGroup');
    const submit = vi.spyOn(device.queue, 'submit');
    const first = await words(tensors);
    create.mockClear();
    submit.mockClear();
    gpu.perturb(tensors, { std: 1 });
    snapshot.restore();
    expect(submit).toHaveBeenCalledTimes(2);
    gpu.perturb(tensors, { std: 1, at: { position: 99 } });
    snapshot.save();
    expect(create).not.toHaveBeenCalled();
    expect(bind).not.toHaveBeenCalled();
    const second = await words(tensors);
    gpu.perturb(tensors, { std: 1 });
    snapshot.restore();
    expect(await words(tensors)).toEqual(second);
    expect(second).not.toEqual(first);
    for (const spy of [create, bind, submit]) spy.mockRestore();
  });

  it('needs no usage but STORAGE, and leaves the engine’s place in the noise alone', async () => {
    const gpu = engine({ position: 5 });
    const weights = device.createBuffer({ size: 400, usage: STORAGE });
    const copy = buffer(new Float32Array(100));
    gpu.chain([normal()]).run(weights, { at: { seed: 1 } });
    const snapshot = gpu.snapshot([weights]);
    gpu.chain([normal()]).run(weights, { at: { seed: 2 } });
    snapshot.restore();
    gpu.perturb([weights], { std: 0, into: [copy], at: {} });
    const expected = buffer(new Float32Array(100));
    gpu.chain([normal()]).run(expected, { at: { seed: 1 } });
    expect(await words([copy])).toEqual(await words([expected]));
    expect(gpu.state.position).toBe(5n);
  });

  it('is freed by itself or with its engine, and then says so', async () => {
    const other = await requestDevice();
    const made: GPUBuffer[] = [];
    const create = other.createBuffer.bind(other);
    vi.spyOn(other, 'createBuffer').mockImplementation((descriptor) => {
      const result = create(descriptor);
      if (descriptor.label === 'webgpu-noise snapshot') made.push(result);
      return result;
    });
    const destroy = vi.spyOn(GPUBuffer.prototype, 'destroy');
    const gpu = createNoiseEngine(other);
    const weights = other.createBuffer({ size: 20, usage: STORAGE });
    const [first, second] = [gpu.snapshot([weights]), gpu.snapshot([weights])];
    expect(made).toHaveLength(2);
    first.destroy();
    first.destroy();
    const ended = 'the snapshot must not be destroyed, got a destroyed one';
    expect(() => first.restore()).toThrow(`restore: ${ended}`);
    expect(() => first.save()).toThrow(`save: ${ended}`);
    second.restore();
    gpu.destroy();
    for (const each of made) expect(destroy.mock.contexts).toContain(each);
    expect(destroy.mock.contexts).not.toContain(weights);
    expect(() => second.restore()).toThrow('restore: the engine must not be destroyed');
    expect(() => gpu.snapshot([weights])).toThrow('snapshot: the engine must not be destroyed');
    second.destroy();
    destroy.mockRestore();
    other.destroy();
  });
});
