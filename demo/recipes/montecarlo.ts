import { createNoiseEngine } from 'webgpu-noise';
import { normalWGSL, philoxWGSL } from 'webgpu-noise/wgsl';
import kernel from './montecarlo.wgsl?raw';
import type { Outcome, Point, Setup } from './recipe.js';
import { steps } from './steps.js';

/**
 * Noise in one's own kernel: the library's WGSL is text to put before one's own. Here the kernel finds a
 * mean that is known, E exp(−a‖z‖²) = (1 + 2a)⁻² for normal z in four dimensions, by drawing points: a
 * Philox block gives one. Nothing but the sums is ever stored.
 */
const ROWS = 9;
const GROUPS = 8;
const POINTS = 32;
const RUNS = 4;

export async function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const module = device.createShaderModule({ code: `${philoxWGSL}\n${normalWGSL}\n${kernel}` });
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module, entryPoint: 'main' },
  });
  const places = ROWS * GROUPS * 64;
  const { STORAGE, COPY_SRC, COPY_DST, UNIFORM } = GPUBufferUsage;
  const sums = device.createBuffer({ size: 8 * places, usage: STORAGE | COPY_SRC });
  const settings = device.createBuffer({ size: 16, usage: UNIFORM | COPY_DST });
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [sums, settings].map((buffer, index) => ({
      binding: 1 - index,
      resource: { buffer },
    })),
  });
  const engine = createNoiseEngine(device);

  const totals = new Float64Array(2 * ROWS);
  for await (const stream of steps(setup, RUNS)) {
    device.queue.writeBuffer(settings, 0, Uint32Array.of(seed, stream, POINTS, 0));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass({ label: 'webgpu-noise recipe' });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(GROUPS, ROWS);
    pass.end();
    device.queue.submit([encoder.finish()]);
    const pairs = await engine.read(sums);
    for (let i = 0; i < 2 * places; i++) {
      const row = Math.floor(i / (2 * GROUPS * 64));
      totals[2 * row + (i % 2)]! += pairs[i]!;
    }
  }
  engine.destroy();
  for (const buffer of [sums, settings]) buffer.destroy();

  const count = RUNS * GROUPS * 64 * POINTS;
  const found = Array.from({ length: ROWS }, (_, row) => {
    const a = row / 4;
    const mean = totals[2 * row]! / count;
    const variance = totals[2 * row + 1]! / count - mean ** 2;
    const exact = (1 + 2 * a) ** -2;
    return { a, mean, exact, error: (mean - exact) / Math.sqrt(variance / count) };
  });
  const curve = (of: 'mean' | 'exact') => found.map((each): Point => [each.a, each[of]]);
  return {
    numbers: {
      'points in four dimensions': count,
      'largest error, in standard errors': Math.max(
        ...found.slice(1).map(({ error }) => Math.abs(error)), // at a = 0 there is nothing to err about
      ),
      'largest error': Math.max(...found.map(({ mean, exact }) => Math.abs(mean - exact))),
    },
    figure: {
      kind: 'curves',
      x: 'a',
      y: 'E exp(−a‖z‖²)',
      series: [
        { name: '(1 + 2a)⁻²', points: curve('exact') },
        { name: 'drawn', points: curve('mean') },
      ],
    },
  };
}
