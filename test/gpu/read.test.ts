import { describe, expect, it, vi } from 'vitest';
import { noise, normal } from 'webgpu-noise';
import { testDevice } from './device.js';

const { device, engine, buffer } = await testDevice();

const MAPPABLE = 1 | 2; // GPUBufferUsage.MAP_READ | MAP_WRITE

describe('read', () => {
  it('copies a range at any element, of any format', async () => {
    const gpu = engine();
    const bytes = buffer(Uint8Array.from({ length: 20 }, (_, i) => i));
    for (const [offset, count] of [
      [0, 20],
      [3, 5],
      [7, 1],
      [18, 2],
      [20, 0],
    ] as const) {
      const part = await gpu.read({ buffer: bytes, offset, count }, { format: 'u8' });
      expect(part).toEqual(Uint8Array.from({ length: count }, (_, i) => offset + i));
    }
    const numbers = buffer(new Float32Array([1, 2, 3, 4, 5]));
    expect(await gpu.read({ buffer: numbers, offset: 1, count: 3 })).toEqual(
      new Float32Array([2, 3, 4]),
    );
  });

  it('may overlap with other reads and runs, each seeing what was submitted before it', async () => {
    const gpu = engine();
    const target = buffer(new Float32Array(1000));
    const chain = gpu.chain([normal()]);
    const reads = Array.from({ length: 20 }, (_, seed) => {
      chain.run(target, { at: { seed, position: 0 } });
      return gpu.read(target);
    });
    const firsts = (await Promise.all(reads)).map(([first]) => first);
    expect(new Set(firsts).size).toBe(20);
    chain.run(target, { at: { seed: 13, position: 0 } });
    expect((await gpu.read(target))[0]).toBe(firsts[13]);
  });

  it('reuses its staging buffers', async () => {
    const gpu = engine();
    const target = buffer(new Float32Array(1000));
    await gpu.read(target);
    const create = vi.spyOn(device, 'createBuffer');
    for (let i = 0; i < 10; i++) await gpu.read({ buffer: target, count: 100 * i });
    expect(create).not.toHaveBeenCalled();
    create.mockRestore();
  });

  it('is the only call that maps a buffer or copies to one that can be mapped', async () => {
    const gpu = engine();
    const target = buffer(new Float32Array(1000));
    const create = vi.spyOn(device, 'createBuffer');
    const map = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
    const copy = vi.spyOn(GPUCommandEncoder.prototype, 'copyBufferToBuffer');
    const mappable = () => create.mock.calls.filter(([{ usage }]) => (usage & MAPPABLE) !== 0);
    const encoder = device.createCommandEncoder();
    const chain = gpu.chain([noise()]);
    chain.run(target);
    chain.encode(encoder, target);
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    expect([mappable().length, map.mock.calls.length, copy.mock.calls.length]).toEqual([0, 0, 0]);
    await gpu.read(target);
    expect([mappable().length, map.mock.calls.length, copy.mock.calls.length]).toEqual([1, 1, 1]);
    for (const spy of [create, map, copy]) spy.mockRestore();
  });
});
