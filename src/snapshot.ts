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
  /**
   * Copies the tensors as they are now, in place of what was copied before.
   *
   * @throws {Error} when the snapshot or its engine is destroyed, or the device is lost
   */
  save(): void;
  /**
   * Gives the tensors back what was copied, and changes nothing beside them.
   *
   * @throws {Error} as `save`
   */
  restore(): void;
  /** Frees the copies. The tensors stay as they are. */
  destroy(): void;
}

/** Bytes of a tensor and where they are kept, in either direction. */
interface Pair {
  readonly source: ResolvedRange<GPUBuffer>;
  readonly target: ResolvedRange<GPUBuffer>;
}

/** Whether the copies of WebGPU, which come in whole words, can do it. */
function isCopyable({ source, target }: Pair): boolean {
  const whole = source.offset % 4 === 0 && target.offset % 4 === 0 && source.count % 4 === 0;
  const { COPY_SRC, COPY_DST } = USAGE;
  return whole && (source.buffer.usage & COPY_SRC) > 0 && (target.buffer.usage & COPY_DST) > 0;
}

/** A chain that changes no byte: it copies any bytes to any others, and needs only STORAGE. */
const COPY = plan([clip({})], { format: 'u8' }, DEFAULTS);

/** Takes snapshots in buffers of their own. */
export function createSnapshots(host: ChainHost) {
  const { device, failures } = host;
  const live = new Set<GPUBuffer>();

  function store(count: number): ResolvedRange<GPUBuffer> {
    const size = Math.ceil(count / 4) * 4;
    const usage = USAGE.STORAGE | USAGE.COPY_SRC | USAGE.COPY_DST;
    const buffer = failures.createBuffer({ label: 'webgpu-noise snapshot', size, usage });
    live.add(buffer);
    return { buffer, offset: 0, count };
  }

  /** Copies all pairs in one submit. */
  function copyAll(call: string, pairs: readonly Pair[]): void {
    if (pairs.length === 0) return;
    if (!pairs.every(isCopyable)) {
      createChain(host, COPY, call).run(pairs);
      return;
    }
    const { refusal } = failures.attempt(call, () => {
      const encoder = device.createCommandEncoder({ label: `webgpu-noise ${call}` });
      for (const { source, target } of pairs) {
        const to = [target.buffer, target.offset, target.count] as const;
        encoder.copyBufferToBuffer(source.buffer, source.offset, ...to);
      }
      device.queue.submit([encoder.finish()]);
    });
    failures.remember(refusal);
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

      const saved: Pair[] = ranges
        .map(({ buffer, offset, count }) => ({
          buffer,
          offset: offset * bytes,
          count: count * bytes,
        }))
        .filter(({ count }) => count > 0)
        .map((source) => ({ source, target: store(source.count) }));
      const restored = saved.map(({ source, target }) => ({ source: target, target: source }));
      let destroyed = false;
      const assertUsable = (call: string) => {
        failures.assertUsable(call);
        if (!destroyed) return;
        throw new Error(`${call}: the snapshot must not be destroyed, got a destroyed one`);
      };
      copyAll('snapshot', saved);
      return Object.freeze({
        save() {
          assertUsable('save');
          copyAll('save', saved);
        },
        restore() {
          assertUsable('restore');
          copyAll('restore', restored);
        },
        destroy() {
          destroyed = true;
          for (const { target } of saved) {
            target.buffer.destroy();
            live.delete(target.buffer);
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
