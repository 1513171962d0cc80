import { USAGE } from './buffer.js';
import type { Failures } from './failures.js';
import { createWeakBuffers } from './weakBuffers.js';

/** Puts lists of numbers into GPU buffers, once for each list, which must not change. */
export function createTables(device: GPUDevice, failures: Failures) {
  const tables = new WeakMap<readonly number[], GPUBuffer>();
  const made = createWeakBuffers();

  return {
    /** A storage buffer of the numbers as f32. */
    of(values: readonly number[]): GPUBuffer {
      const known = tables.get(values);
      if (known) return known;
      const numbers = Float32Array.from(values);
      const label = 'webgpu-noise values';
      const usage = USAGE.STORAGE | USAGE.COPY_DST;
      const descriptor = { label, size: numbers.byteLength, usage };
      const table = failures.createBuffer(descriptor, () => tables.delete(values));
      // Whoever runs next is told of a table that could not be made, and need not be told twice.
      device.pushErrorScope('validation');
      device.queue.writeBuffer(table, 0, numbers);
      device.popErrorScope().catch(() => {});
      tables.set(values, table);
      made.add(table);
      return table;
    },

    destroy: made.destroy,
  };
}

export type Tables = ReturnType<typeof createTables>;
