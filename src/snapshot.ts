import { gpuBuffers, USAGE } from './buffer.js';
import { type ChainHost, createChain } from './chain.js';
import { choice, fields } from './check.js';
import { formatNames, formats } from './format.js';
import { clip } from './ops/clip.js';
import { DEFAULTS, plan } from './plan.js';
import type { ResolvedRange } from './target.js';
import { checkDisjoint, resolveTensors } from './targets.js';

/** Copies of tensors as they were, bit for bit. */
export interface Snapshot {
  /** Copies the tensors as they are now, in place of what was copied before. */
  save(): void;
  /** Gives the tensors back what was copied, and changes nothing beside them. */
  restore(): void;
  /** Frees the copies. The tensors stay as they are. */
  destroy(): void;
}

/**
 * A chain that changes no byte. It copies any bytes to any others, on every format and at every
 * alignment, and needs only STORAGE, where the copies of WebGPU come in whole words.
 */
const COPY = plan([clip({})], { format: 'u8' }, DEFAULTS);

/** Takes snapshots in buffers of their own. */
export function createSnapshots(host: ChainHost) {
  const { device, failures } = host;
  const saving = createChain(host, COPY, 'save');
  const restoring = createChain(host, COPY, 'restore');
  const live = new Set<GPUBuffer>();

  function store(count: number): ResolvedRange<GPUBuffer> {
    const size = Math.max(4, Math.ceil(count / 4) * 4);
    const usage = USAGE.STORAGE;
    const buffer = device.createBuffer({ label: 'webgpu-noise snapshot', size, usage });
    live.add(buffer);
    return { buffer, offset: 0, count };
  }

  return {
    take(tensors: unknown, options: unknown): Snapshot {
      failures.assertUsable('snapshot');
      const { format: wanted = 'f32' } = fields('snapshot', options, ['format']);
      const { bytes } = formats[choice('snapshot', 'format', wanted, formatNames)];
      const trait = gpuBuffers(bytes, 'STORAGE');
      const ranges = resolveTensors('snapshot', 'tensors', tensors, trait);
      checkDisjoint(
        'snapshot',
        ranges.map((target) => ({ target })),
        trait,
      );

      const pairs = ranges
        .filter(({ count }) => count > 0)
        .map(({ buffer, offset, count }) => {
          const tensor = { buffer, offset: offset * bytes, count: count * bytes };
          return { tensor, copy: store(tensor.count) };
        });
      const saved = pairs.map(({ tensor, copy }) => ({ source: tensor, target: copy }));
      const restored = pairs.map(({ tensor, copy }) => ({ source: copy, target: tensor }));
      let destroyed = false;
      const assertUsable = (call: string) => {
        failures.assertUsable(call);
        if (!destroyed) return;
        throw new Error(`${call}: the snapshot must not be destroyed, got a destroyed one`);
      };
      createChain(host, COPY, 'snapshot').run(saved);
      return Object.freeze({
        save() {
          assertUsable('save');
          saving.run(saved);
        },
        restore() {
          assertUsable('restore');
          restoring.run(restored);
        },
        destroy() {
          destroyed = true;
          for (const { copy } of pairs) {
            copy.buffer.destroy();
            live.delete(copy.buffer);
          }
        },
      });
    },

    destroy() {
      for (const buffer of live) buffer.destroy();
      live.clear();
    },
  };
}
