import type { Measurement, NoiseEngine } from 'webgpu-noise';
import compare from './compare.wgsl?raw';
import frame from './frame.wgsl?raw';
import picture from './picture.wgsl?raw';
import { LEVELS, type Numbers } from './renderer.js';

/** What noise is added to. */
export type Original = GPUTexture | GPUExternalTexture;

/** Measures two pictures of equal size on the GPU; only the numbers come back. */
export interface Comparison {
  /** Records the work, which reads the pictures as they are then. */
  encode(encoder: GPUCommandEncoder, original: Original, noisy: GPUTexture): void;
  /**
   * The numbers of what was recorded and submitted last.
   *
   * @param sameOriginal whether the original is as it was the last time
   */
  numbers(sameOriginal: boolean): Promise<Numbers>;
  destroy(): void;
}

/** @param width, height of the pictures, in pixels */
export function createComparison(
  engine: NoiseEngine,
  { width, height }: { readonly width: number; readonly height: number },
): Comparison {
  const { device } = engine;
  const count = 3 * width * height;
  const [original, noisy, difference] = ['original', 'noisy', 'difference'].map((label) =>
    device.createBuffer({ label, size: 4 * count, usage: GPUBufferUsage.STORAGE }),
  ) as [GPUBuffer, GPUBuffer, GPUBuffer];
  const buffers = [original, noisy, difference];
  const pipelines = new Map<string, GPUComputePipeline>();
  let ofOriginal: Promise<Measurement<number>> | undefined;

  /** Reads the original as a kind of source has it. */
  function pipelineOf(source: string): GPUComputePipeline {
    const known = pipelines.get(source);
    if (known) return known;
    const code = `${source}\n${compare}`;
    const pipeline = device.createComputePipeline({
      label: 'compare',
      layout: 'auto',
      compute: { module: device.createShaderModule({ label: 'compare', code }) },
    });
    pipelines.set(source, pipeline);
    return pipeline;
  }

  return {
    encode(encoder, from, to) {
      const isPicture = from instanceof GPUTexture;
      const pipeline = pipelineOf(isPicture ? picture : frame);
      const resources = [
        isPicture ? from.createView() : from,
        to.createView(),
        ...buffers.map((buffer) => ({ buffer })),
      ];
      const bindGroup = device.createBindGroup({
        label: 'compare',
        layout: pipeline.getBindGroupLayout(0),
        entries: resources.map((resource, binding) => ({ binding, resource })),
      });
      const pass = encoder.beginComputePass({ label: 'compare' });
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(Math.ceil(width / 8), Math.ceil(height / 8));
      pass.end();
    },
    async numbers(sameOriginal) {
      const histogram = LEVELS;
      if (!sameOriginal) ofOriginal = undefined;
      ofOriginal ??= engine.measure({ buffer: original, count }, { histogram });
      const [a, b, c] = await Promise.all([
        ofOriginal,
        engine.measure({ buffer: noisy, count }, { histogram }),
        engine.measure({ buffer: difference, count }),
      ]);
      return { original: a, noisy: b, difference: c };
    },
    destroy() {
      for (const buffer of buffers) buffer.destroy();
    },
  };
}
