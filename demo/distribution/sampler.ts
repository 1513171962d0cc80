import { createNoiseEngine, type Measurement, normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import type { Normal } from './statistics.js';

/** Draws samples and measures them: on a GPU, or on the CPU where there is none. */
export interface Sampler {
  readonly name: string;
  /** The most samples of one batch. */
  readonly most: number;
  /** Begins a stream. */
  restart(seed: string): void;
  /** Draws a batch, goes on from the last one's end, and measures it. */
  batch(count: number, of: Normal): Promise<Measurement<number>>;
  /** The first samples of the last batch. */
  first(count: number): Promise<Float32Array>;
  destroy(): void;
}

/** Bins of 14/512 standard deviations; no normal of the library is further out than 6.77 of them. */
const histogramOf = ({ mean, std }: Normal) => ({
  bins: 512,
  min: mean - 7 * std,
  max: mean + 7 * std,
});

export function createGPUSampler(device: GPUDevice, name: string): Sampler {
  const engine = createNoiseEngine(device);
  const most = 2 ** 23;
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  const buffer = device.createBuffer({ label: 'samples', size: 4 * most, usage });
  return {
    name,
    most,
    restart(seed) {
      engine.state = { seed, stream: 0, position: 0 };
    },
    batch(count, of) {
      engine.chain([normal(of)]).run({ buffer, count });
      return engine.measure({ buffer, count }, { histogram: histogramOf(of) });
    },
    first: (count) => engine.read({ buffer, count }),
    destroy() {
      engine.destroy();
      buffer.destroy();
    },
  };
}

export function createCPUSampler(): Sampler {
  const engine = createReferenceEngine();
  const most = 2 ** 18;
  const samples = new Float32Array(most);
  return {
    name: 'the processor (CPU)',
    most,
    restart(seed) {
      engine.state = { seed, stream: 0, position: 0 };
    },
    batch(count, of) {
      engine.chain([normal(of)]).run({ buffer: samples, count });
      return engine.measure({ buffer: samples, count }, { histogram: histogramOf(of) });
    },
    first: async (count) => samples.slice(0, count),
    destroy: () => engine.destroy(),
  };
}
