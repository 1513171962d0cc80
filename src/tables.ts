import { USAGE } from './buffer.js';

/** Puts lists of numbers into GPU buffers, once for each list, which must not change. */
export function createTables(device: GPUDevice) {
  const tables = new WeakMap<readonly number[], GPUBuffer>();
  const made = new Set<WeakRef<GPUBuffer>>();

  return {
    /** A storage buffer of the numbers as f32. */
    of(values: readonly number[]): GPUBuffer {
      const known = tables.get(values);
      if (known) return known;
      const numbers = Float32Array.from(values);
      const label = 'webgpu-noise values';
      const usage = USAGE.STORAGE | USAGE.COPY_DST;
      const table = device.createBuffer({ label, size: numbers.byteLength, usage });
      device.queue.writeBuffer(table, 0, numbers);
      tables.set(values, table);
      made.add(new WeakRef(table));
      return table;
    },

    destroy() {
      for (const table of made) table.deref()?.destroy();
      made.clear();
    },
  };
}

export type Tables = ReturnType<typeof createTables>;
