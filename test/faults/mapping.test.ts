import { describe, expect, it, vi } from 'vitest';
import { testDevice } from '../gpu/device.js';
import { watchBuffers } from '../gpu/live.js';
import { testAftermath } from './aftermath.js';

const { device, engine, buffer } = await testDevice();
const { expectQuiet } = await testAftermath();
const live = watchBuffers(device);
const data = Float32Array.of(1, 2, 3, 4);

/** Lets the next mapping fail: its buffer is destroyed while it is under way. */
function failMapping() {
  const { mapAsync } = GPUBuffer.prototype;
  return vi.spyOn(GPUBuffer.prototype, 'mapAsync').mockImplementationOnce(function (
    this: GPUBuffer,
    ...given
  ) {
    const mapped = mapAsync.apply(this, given);
    this.destroy();
    return mapped;
  });
}

describe('a copy that cannot be mapped', () => {
  it('rejects its read and no other, and is not used again', async () => {
    const gpu = engine();
    const target = buffer(data);
    const spy = failMapping();
    const reads = await Promise.allSettled([gpu.read(target), gpu.read(target)]);
    spy.mockRestore();
    expect(reads).toEqual([
      {
        status: 'rejected',
        reason: new Error('read: the copy must be mapped, got AbortError'),
      },
      { status: 'fulfilled', value: data },
    ]);
    expect(await gpu.read(target)).toEqual(data);
    expect(live.labels).toEqual(['webgpu-noise staging']);
    gpu.destroy();
    expect(live.labels).toEqual([]);
    await expectQuiet();
  });

  it('rejects its measurement, and leaves nothing of it', async () => {
    const gpu = engine();
    const target = buffer(data);
    const spy = failMapping();
    await expect(gpu.measure(target)).rejects.toThrow(
      /^measure: the copy must be mapped, got AbortError$/,
    );
    spy.mockRestore();
    expect((await gpu.measure(target)).mean).toBe(2.5);
    gpu.destroy();
    expect(live.labels).toEqual([]);
    await expectQuiet();
  });
});
