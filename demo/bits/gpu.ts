import { createNoiseEngine } from 'webgpu-noise';
import type { GPUFound } from '../gpu/device.js';
import code from './hash.wgsl?raw';
import { BLOCK, blockHash, OPS, PIECE, placeOf } from './proof.js';
import type { Prover } from './prover.js';

/** Blocks at a time: 4 MiB of elements. */
const STRIDE = 16;

const PIECES_PER_BLOCK = BLOCK / PIECE;

/** Computes and hashes on the GPU; of each piece of 1,024 elements its hash comes back. */
export function createGPUProver({ device, name }: GPUFound): Prover {
  const engine = createNoiseEngine(device);
  const chain = engine.chain(OPS);
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  const elements = device.createBuffer({ label: 'elements', size: 4 * STRIDE * BLOCK, usage });
  const pieces = STRIDE * PIECES_PER_BLOCK;
  const hashed = device.createBuffer({ label: 'hashes', size: 4 * pieces, usage });
  const pipeline = device.createComputePipeline({
    label: 'hash',
    layout: 'auto',
    compute: { module: device.createShaderModule({ label: 'hash', code }) },
  });
  const bindGroup = device.createBindGroup({
    label: 'hash',
    layout: pipeline.getBindGroupLayout(0),
    entries: [elements, hashed].map((buffer, binding) => ({ binding, resource: { buffer } })),
  });

  return {
    name,
    stride: STRIDE,
    async hashes(first) {
      const encoder = device.createCommandEncoder({ label: 'proof' });
      const pass = encoder.beginComputePass({ label: 'proof' });
      chain.encode(pass, elements, { at: placeOf(first) });
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(pieces / 64);
      pass.end();
      device.queue.submit([encoder.finish()]);
      const all = await engine.read(hashed, { format: 'u32' });
      return Array.from({ length: STRIDE }, (_, block) =>
        blockHash(all.subarray(block * PIECES_PER_BLOCK, (block + 1) * PIECES_PER_BLOCK)),
      );
    },
    words(block) {
      const range = { buffer: elements, count: BLOCK };
      chain.run(range, { at: placeOf(block) });
      return engine.read(range, { format: 'u32' });
    },
    destroy() {
      engine.destroy();
      elements.destroy();
      hashed.destroy();
    },
  };
}
