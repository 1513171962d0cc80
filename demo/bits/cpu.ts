import { createReferenceEngine } from 'webgpu-noise/reference';
import { BLOCK, hashBlock, OPS, placeOf } from './proof.js';
import type { Prover } from './prover.js';

/** Computes by the CPU reference, which says what the bits must be. */
export function createCPUProver(): Prover {
  const engine = createReferenceEngine();
  const chain = engine.chain(OPS);
  const elements = new Float32Array(BLOCK);
  const words = new Uint32Array(elements.buffer);

  function compute(block: number): Uint32Array {
    chain.run(elements, { at: placeOf(block) });
    return words;
  }

  return {
    name: 'the processor (CPU)',
    stride: 1,
    async hashes(first) {
      const hash = hashBlock(compute(first));
      // Lets the page show it, and take clicks.
      await new Promise((shown) => setTimeout(shown));
      return [hash];
    },
    words: async (block) => compute(block).slice(),
    destroy: () => engine.destroy(),
  };
}
