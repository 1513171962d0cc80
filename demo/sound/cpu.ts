import { createReferenceEngine } from 'webgpu-noise/reference';
import { type Buffers, type Mixer, mix } from './mixer.js';

/** Mixes on the CPU, with the bits that a GPU would give. */
export function createCPUMixer(): Mixer {
  const engine = createReferenceEngine();
  let buffers: Buffers<Float32Array> | undefined;

  return {
    name: 'the processor (CPU)',
    load(samples) {
      const room = () => new Float32Array(samples.length);
      buffers = { original: samples, noisy: room(), noise: room() };
    },
    mix: (...how) => mix<Float32Array>(engine, buffers!, ...how),
    destroy() {
      engine.destroy();
    },
  };
}
