import { afterAll, afterEach, expect } from 'vitest';
import { createNoiseEngine, type EngineOptions, type Format, type FormatArray } from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import type { ReferenceArray } from 'webgpu-noise/reference';
import { altered } from '../altered.js';

/** The device, which says that its limits are others: an engine on it cuts its work accordingly. */
export function withLimits(device: GPUDevice, limits: Partial<GPUSupportedLimits>): GPUDevice {
  const pretended = new Proxy(device.limits, {
    get: (real, name) => limits[name as keyof GPUSupportedLimits] ?? Reflect.get(real, name, real),
  });
  return altered(device, 'limits', () => pretended);
}

/**
 * A device for the tests of one file. A GPU error that no test asked for fails the test in which it
 * happens; without any adapter all tests fail.
 */
export async function testDevice(descriptor: GPUDeviceDescriptor = {}) {
  const device = await requestDevice(descriptor);
  const errors: string[] = [];
  device.addEventListener('uncapturederror', ({ error }) => errors.push(error.message));
  afterEach(async () => {
    if (device.queue) await device.queue.onSubmittedWorkDone().catch(() => {});
    expect(errors.splice(0)).toEqual([]);
  });
  afterAll(() => device.destroy());

  return {
    device,
    errors,
    engine: (options: EngineOptions = {}) => createNoiseEngine(device, options),

    /** A buffer that holds the given data and no byte more. */
    buffer(data: ReferenceArray, usage = 0): GPUBuffer {
      const buffer = device.createBuffer({
        size: Math.max(4, Math.ceil(data.byteLength / 4) * 4),
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST | usage,
      });
      const bytes = new Uint8Array(buffer.size);
      bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      device.queue.writeBuffer(buffer, 0, bytes);
      return buffer;
    },

    /** All whole elements of a buffer. */
    read<F extends Format>(buffer: GPUBuffer, format: F): Promise<FormatArray[F]> {
      return createNoiseEngine(device).read(buffer, { format });
    },
  };
}
