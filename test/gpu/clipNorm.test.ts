import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createNoiseEngine, normal } from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { numberFormats } from '../../src/format.js';
import { shapes } from '../arbitrary.js';
import { finiteElements, storedArray, strangeElements } from '../arrays.js';
import { expectSameBits } from '../bits.js';
import { testDevice, withLimits } from './device.js';

const { device, engine, buffer, read } = await testDevice();

describe('clipNorm on the GPU', () => {
  it('gives the reference’s bits for any shape, axes, format and limit, and touches nothing else', async () => {
    const gpus = [
      engine({ barrier: 'saturate' }),
      createNoiseEngine(withLimits(device, { maxStorageBufferBindingSize: 512 })),
      createNoiseEngine(withLimits(device, { maxComputeWorkgroupsPerDimension: 3 })),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...numberFormats),
        fc.integer({ min: 0, max: 3 }),
        shapes,
        fc.nat(70),
        fc.double({ min: -90, max: 90, noNaN: true }),
        async (format, strange, [shape, axis], offset, log2) => {
          const data = strange === 0 ? strangeElements(format) : finiteElements(format);
          const count = shape.reduce((all, length) => all * length);
          const max = strange === 1 ? 2 ** log2 : 2 ** (log2 / 10);
          const expected = data.slice();
          const options = { max, format, shape, axis };
          createReferenceEngine().clipNorm({ buffer: expected, offset, count }, options);
          for (const gpu of gpus) {
            const target = buffer(data);
            gpu.clipNorm({ buffer: target, offset, count }, options);
            expectSameBits(storedArray(format, await read(target, format)), expected);
            target.destroy();
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('gives the reference’s bits where many workgroups share a group', async () => {
    const data = new Float32Array(3 * 41_003);
    createReferenceEngine({ seed: 2 })
      .chain([normal({ mean: 1 })])
      .run(data);
    const target = buffer(data);
    for (const axis of [0, 1]) {
      const options = { max: 100 / (1 + axis), shape: axis ? [41_003, 3] : [3, 41_003], axis };
      engine().clipNorm(target, options);
      createReferenceEngine().clipNorm(data, options);
      expectSameBits(await read(target, 'f32'), data);
    }
  });

  it('reads nothing back, and compiles once', async () => {
    const target = buffer(Float32Array.of(3, 4, 5, 12));
    const gpu = engine();
    gpu.clipNorm(target, { max: 1 });
    const map = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
    const copy = vi.spyOn(GPUCommandEncoder.prototype, 'copyBufferToBuffer');
    const compile = vi.spyOn(device, 'createComputePipeline');
    gpu.clipNorm(target, { max: 0.5, shape: [2, 2], axis: 0 });
    gpu.clipNorm({ buffer: target, count: 0 }, { max: 0.5 });
    await device.queue.onSubmittedWorkDone();
    for (const spy of [map, copy, compile]) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  it('refuses before anything is submitted, and remembers what only the device finds', async () => {
    const gpu = engine();
    const target = buffer(Float32Array.of(3, 4));
    const submit = vi.spyOn(device.queue, 'submit');
    expect(() => gpu.clipNorm(target, { max: -1 })).toThrow(RangeError);
    expect(() => gpu.clipNorm(target, { max: 1, shape: [3], axis: 0 })).toThrow(RangeError);
    expect(() => gpu.clipNorm(undefined as never, { max: 1 })).toThrow('clipNorm: target must be');
    expect(submit).not.toHaveBeenCalled();
    submit.mockRestore();
    const other = await requestDevice();
    const foreign = other.createBuffer({ size: 8, usage: GPUBufferUsage.STORAGE });
    gpu.clipNorm(foreign, { max: 1 });
    await expect(gpu.read(target)).rejects.toThrow(/^clipNorm: the device refused it: /);
    expect(await gpu.read(target)).toEqual(Float32Array.of(3, 4));
    other.destroy();
  });
});
