import { gpuBuffers, USAGE } from './buffer.js';
import { choice, fields } from './check.js';
import type { Failures } from './failures.js';
import { type Format, type FormatArray, formatNames, formats } from './format.js';
import { type Range, resolveRange } from './target.js';

/** Bytes of idle staging buffers kept for the next read; what is beyond is freed. */
const MAX_IDLE_BYTES = 2 ** 25;

/** Staging buffers are multiples of this many bytes, so that reads of like sizes share them. */
const STEP = 2 ** 16;

/**
 * Copies GPU buffers to the CPU through a pool of staging buffers. Reads may overlap.
 */
export function createReader(device: GPUDevice, failures: Failures) {
  const idle: GPUBuffer[] = [];
  const busy = new Set<GPUBuffer>();
  const { maxBufferSize } = device.limits;

  /** The smallest idle buffer that is large enough, or a new one. */
  function acquire(bytes: number): GPUBuffer {
    const fitting = idle.filter(({ size }) => size >= bytes).sort((a, b) => a.size - b.size)[0];
    if (fitting) idle.splice(idle.indexOf(fitting), 1);
    const size = Math.max(bytes, Math.min(Math.ceil(bytes / STEP) * STEP, maxBufferSize));
    const usage = USAGE.MAP_READ | USAGE.COPY_DST;
    const descriptor = { label: 'webgpu-noise staging', size, usage };
    const buffer = fitting ?? failures.createBuffer(descriptor);
    busy.add(buffer);
    return buffer;
  }

  function release(buffer: GPUBuffer): void {
    busy.delete(buffer);
    buffer.unmap();
    idle.push(buffer);
    const idleBytes = () => idle.reduce((sum, { size }) => sum + size, 0);
    while (idleBytes() > MAX_IDLE_BYTES) idle.shift()?.destroy();
  }

  /** Frees a buffer that may be good for nothing. */
  function discard(buffer: GPUBuffer): void {
    busy.delete(buffer);
    buffer.destroy();
  }

  async function read<F extends Format>(
    range: GPUBuffer | Range<GPUBuffer>,
    options: { readonly format?: F },
  ): Promise<FormatArray[F]> {
    failures.assertUsable('read');
    const given = fields('read', options, ['format']);
    const { format: wanted = 'f32' } = given;
    const format = choice('read', 'format', wanted, formatNames);
    const { bytes, view } = formats[format];
    const { buffer, offset, count } = resolveRange(
      'read',
      'source',
      range,
      gpuBuffers(bytes, 'COPY_SRC'),
    );
    const copy = await copyOut('read', buffer, offset * bytes, count * bytes);
    await failures.settle();
    return view(copy, 0, count) as FormatArray[F];
  }

  /** Copies come in whole words; what surrounds the wanted bytes is cut off again. */
  async function copyOut(
    call: string,
    buffer: GPUBuffer,
    start: number,
    bytes: number,
  ): Promise<ArrayBuffer> {
    if (bytes === 0) return new ArrayBuffer(0);
    const from = start - (start % 4);
    const size = Math.ceil((start + bytes - from) / 4) * 4;
    const { value, refusal } = failures.attempt(call, () => {
      const staging = acquire(size);
      const encoder = device.createCommandEncoder({ label: 'webgpu-noise read' });
      encoder.copyBufferToBuffer(buffer, from, staging, 0, size);
      device.queue.submit([encoder.finish()]);
      const mapped = staging.mapAsync(1, 0, size); // GPUMapMode.READ
      return {
        staging,
        unmapped: mapped.then(
          () => undefined,
          (error: Error) => error,
        ),
      };
    });
    const { staging, unmapped } = value;
    let whole = false;
    try {
      const [refused, cause] = await Promise.all([refusal, unmapped]);
      if (refused) throw refused;
      if (cause) {
        throw new Error(`${call}: the copy must be mapped, got ${cause.name}`, { cause });
      }
      const copy = staging.getMappedRange(0, size).slice(start - from, start - from + bytes);
      whole = true;
      return copy;
    } catch (error) {
      return await failures.explain(call, error);
    } finally {
      if (whole) release(staging);
      else discard(staging);
    }
  }

  return {
    read,
    copyOut,
    destroy() {
      for (const buffer of [...idle, ...busy]) buffer.destroy();
      idle.length = 0;
    },
  };
}

export type Reader = ReturnType<typeof createReader>;
