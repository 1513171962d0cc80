import type { Measurement, NoiseEngine } from 'webgpu-noise';
import code from './compare.wgsl?raw';
import { LEVELS, type Numbers } from './renderer.js';

/** Measures two textures of equal size on the GPU; only the numbers come back. */
export interface Comparison {
  /** Records the work, which reads the textures as they are then. */
  encode(encoder: GPUCommandEncoder, original: GPUTexture, noisy: GPUTexture): void;
  /**
   * The numbers of what was recorded and submitted last.
   *
   * @param sameOriginal whether the original is as it was the last time
   */
  numbers(sameOriginal: boolean): Promise<Numbers>;
  destroy(): void;
}

/** @param width, height of the textures, in pixels */
export function createComparison(
  engine: NoiseEngine,
  { width, height }: { readonly width: number; readonly height: number },
): Comparison {
  const { device } = engine;
  const count = 3 * width * height;
  const pipeline = device.createComputePipeline({
    label: 'compare',
    layout: 'auto',
    compute: { module: device.createShaderModule({ label: 'compare', code }) },
  });
  const [original, noisy, difference] = ['original', 'noisy', 'difference'].map((label) =>
    device.createBuffer({ label, size: 4 * count, usage: GPUBufferUsage.STORAGE }),
  ) as [GPUBuffer, GPUBuffer, GPUBuffer];
  const buffers = [original, noisy, difference];
  let ofOriginal: Promise<Measurement<number>> | undefined;

  return {
    encode(encoder, from, to) {
      const resources = [
        from.createView(),
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
