import { createNoiseEngine } from 'webgpu-noise';
import type { GPUFound } from '../gpu/device.js';
import { type Buffers, type Mixer, mix } from './mixer.js';

export function createGPUMixer({ device, name }: GPUFound): Mixer {
  const engine = createNoiseEngine(device);
  let buffers: Buffers<GPUBuffer> | undefined;

  function unload() {
    for (const buffer of Object.values(buffers ?? {})) buffer.destroy();
    buffers = undefined;
  }

  return {
    name,
    load(samples) {
      unload();
      const size = samples.byteLength;
      const { STORAGE, COPY_DST, COPY_SRC } = GPUBufferUsage;
      const make = (label: string, usage: number) => device.createBuffer({ label, size, usage });
      buffers = {
        original: make('original', STORAGE | COPY_DST),
        noisy: make('noisy', STORAGE | COPY_SRC),
        noise: make('noise', STORAGE),
      };
      device.queue.writeBuffer(buffers.original, 0, samples);
    },
    mix: (...how) => mix(engine, buffers!, ...how),
    destroy() {
      unload();
      engine.destroy();
    },
  };
}
