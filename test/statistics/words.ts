import { bits, createNoiseEngine, normal } from 'webgpu-noise';
import type { StreamState } from '../../src/stream.js';
import { CHUNK, type Order, type OrderName, orders, transpose } from './orders.js';
import { uniformsOf } from './uniforms.js';

/** What is drawn: raw words, or normals, mapped back to two uniforms in a word. */
export type Source = 'words' | 'normals';

export interface WordsOptions {
  readonly source: Source;
  readonly order: OrderName;
  readonly from: StreamState;
  readonly rounds: 7 | 10;
}

/** An endless stream of what the GPU's kernel draws, in chunks. The next is drawn while one is used. */
export async function* drawWords(
  device: GPUDevice,
  { source, order: name, from, rounds }: WordsOptions,
): AsyncGenerator<Uint32Array<ArrayBuffer>> {
  const order: Order = orders[name];
  const engine = createNoiseEngine(device, { rounds });
  const normals = source === 'normals';
  const chain = normals ? engine.chain([normal()]) : engine.chain([bits()], { format: 'u32' });
  const buffer = device.createBuffer({
    size: 4 * CHUNK,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
  });
  const count = CHUNK / order.runs;

  function draw(chunk: bigint) {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let run = 0; run < order.runs; run++) {
      const target = { buffer, offset: run * count, count };
      chain.encode(pass, target, { at: order.at(run, chunk, from) });
    }
    pass.end();
    device.queue.submit([encoder.finish()]);
    return engine.read(buffer, { format: 'u32' }) as Promise<Uint32Array<ArrayBuffer>>;
  }

  let next = draw(0n);
  try {
    for (let chunk = 1n; ; chunk++) {
      const drawn = await next;
      next = draw(chunk);
      const ordered = order.stride === 1 ? drawn : transpose(drawn, CHUNK / order.stride);
      yield normals ? uniformsOf(new Float32Array(ordered.buffer)) : ordered;
    }
  } finally {
    await next;
    engine.destroy();
    buffer.destroy();
  }
}
