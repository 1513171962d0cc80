import { has } from './check.js';
import type { ListTrait } from './targets.js';

/** GPUBufferUsage, by value: the global is missing outside browsers until someone defines it. */
export const USAGE = {
  MAP_READ: 0x1,
  COPY_SRC: 0x4,
  COPY_DST: 0x8,
  UNIFORM: 0x40,
  STORAGE: 0x80,
} as const;

export const isBuffer = (value: unknown): value is GPUBuffer =>
  has(value, 'mapAsync') && has(value, 'usage') && has(value, 'size');

/** GPUBuffers of elements of `bytes` bytes each, with the usage that a call needs. */
export function gpuBuffers(bytes: number, usage: 'STORAGE' | 'COPY_SRC'): ListTrait<GPUBuffer> {
  return {
    noun: 'a GPUBuffer',
    is: isBuffer,
    span: ({ buffer, offset, count }) => ({
      memory: buffer,
      from: offset * bytes,
      to: (offset + count) * bytes,
    }),
    // Bindings and copies come in whole words, so a last partial word is out of reach.
    length: (buffer) => Math.floor((buffer.size - (buffer.size % 4)) / bytes),
    checkWhole: (call, field, buffer) => {
      const unit = Math.max(bytes, 4);
      if (buffer.size % unit === 0) return;
      throw new RangeError(
        `${call}: ${field} must have a count where the buffer is not a multiple of ${unit} bytes, ` +
          `got a buffer of ${buffer.size}`,
      );
    },
    check: (call, field, buffer) => {
      if ((buffer.usage & USAGE[usage]) === 0) {
        throw new TypeError(
          `${call}: ${field} must be a buffer with usage GPUBufferUsage.${usage}, got usage ` +
            `0x${buffer.usage.toString(16)}${buffer.label ? ` of '${buffer.label}'` : ''}`,
        );
      }
      if (buffer.mapState !== 'unmapped') {
        throw new TypeError(
          `${call}: ${field} must be unmapped, got mapState '${buffer.mapState}'`,
        );
      }
    },
  };
}
