import { describe, expect, it } from 'vitest';
import { normal } from 'webgpu-noise';
import { createReferenceEngine, normalPair, normalPairFloat64 } from 'webgpu-noise/reference';
import { expectSameBits } from '../bits.js';
import { edgePairs } from '../edges.js';
import published from '../vectors/normal.json' with { type: 'json' };
import { testDevice } from './device.js';
import { normalsOfWords, wordsPipeline } from './words.js';

const { device, engine, buffer, read } = await testDevice();

const CHUNK = 2 ** 20;

/** The reference's standard normals from a position on. */
function reference(position: bigint, count: number): Float32Array {
  const normals = new Float32Array(count);
  createReferenceEngine({ seed: 42 }).chain([normal()]).run(normals, { at: { position } });
  return normals;
}

describe('exact normals on the GPU', () => {
  it('are the reference’s bits for 2^24 consecutive samples, an eighth of them with the other barrier', async () => {
    const target = buffer(new Float32Array(CHUNK));
    const engines = (['saturate', 'xor'] as const).map((barrier) => engine({ seed: 42, barrier }));
    const start = 2n ** 34n - BigInt(CHUNK) * 8n;
    for (let chunk = 0n; chunk < 16n; chunk++) {
      const position = start + chunk * BigInt(CHUNK);
      const expected = new Uint32Array(reference(position, CHUNK).buffer);
      for (const gpu of chunk < 2n ? engines : engines.slice(0, 1)) {
        gpu.chain([normal()]).run(target, { at: { position } });
        expectSameBits(await gpu.read(target, { format: 'u32' }), expected);
      }
    }
  });

  it.each(['saturate', 'xor'] as const)(
    'are the reference’s bits for all edge words, with %s barriers',
    async (barrier) => {
      const expected = new Float32Array(edgePairs.length);
      for (let i = 0; i < edgePairs.length; i += 2) {
        expected.set(normalPair(edgePairs[i]!, edgePairs[i + 1]!), i);
      }
      expectSameBits(await normalsOfWords(device, edgePairs, barrier), expected);
    },
  );

  it('are finite, not 0 and at most 6.7637 for each radius that the 2^32 words give', async () => {
    const largest = Math.sqrt(2 * 33 * Math.LN2);
    expect(await countBadRadii(largest * (1 + 1e-6))).toBe(0);
  });

  it.each(published.vectors)('are those of PyTorch’s CUDA generator: $name', async (vector) => {
    const gpu = engine({ seed: vector.seed });
    for (const [i, value] of vector.values.entries()) {
      const target = buffer(new Float32Array(1));
      gpu.chain([normal()]).run(target, { at: { stream: i, position: 0 } });
      const [z] = await gpu.read(target);
      expect(Math.abs(z! - value)).toBeLessThan(3e-6 + vector.published);
    }
  });
});

describe('native normals on the GPU', () => {
  it('are near those of float64 for all edge words', async () => {
    const native = await normalsOfWords(device, edgePairs, 'xor', 'native');
    for (let i = 0; i < edgePairs.length; i += 2) {
      const ideal = normalPairFloat64(edgePairs[i]!, edgePairs[i + 1]!);
      // WGSL allows sin and cos 2^-11 absolute error, times a radius of at most 6.8; and log 2^-21 near 1, of
      // which the root is 2^-10.
      const most = 6.8 * 2 ** -11 + 2 ** -10;
      for (const lane of [0, 1]) {
        expect(Math.abs(native[i + lane]! - ideal[lane]!), `words ${i}`).toBeLessThan(most);
      }
    }
  });

  it('lie near the exact ones', async () => {
    const target = buffer(new Float32Array(CHUNK));
    engine({ seed: 42, math: 'native' }).chain([normal()]).run(target);
    const native = await read(target, 'f32');
    const exact = reference(0n, CHUNK);
    let worst = 0;
    for (let i = 0; i < CHUNK; i++) worst = Math.max(worst, Math.abs(native[i]! - exact[i]!));
    // WGSL allows sin and cos 2^-11 absolute error, times a radius of at most 6.8.
    expect(worst).toBeLessThan(6.8 * 2 ** -11);
  });
});

/**
 * Runs a word for each radius there is through the exact transform on the GPU, each with an angle word.
 * The radius is made of u or 1 - u, the smaller of both, rounded to 24 bits: all words below 2^24, every
 * 2^k-th of those of 24 + k bits, 2^31 (u = 1/2), and their mirror images give each one.
 */
async function countBadRadii(largest: number): Promise<number> {
  const main = `#import barrier
#import lib/normal/exact
@group(0) @binding(0) var<storage, read_write> bad: array<atomic<u32>>;
@group(0) @binding(1) var<uniform> params: vec4u; // zero, first word, largest |z| as bits, step
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  barrier_zero = params.x;
  var wrong = 0u;
  for (var i = 0u; i < 1024u; i++) {
    let word = params.y + (1024u * id.x + i) * params.w;
    let w = vec2u(word, ~word);
    let angles = w * 0x9e3779b9u;
    let z = bitcast<vec4u>(normal_pairs(vec4u(w.x, angles.x, w.y, angles.y))) & vec4u(0x7fffffffu);
    let fine = all(z > vec4u(0x007fffffu)) && all(z <= vec4u(params.z));
    wrong |= select(1u, 0u, fine);
  }
  if (wrong != 0u) { atomicAdd(&bad[0], 1u); }
}`;
  const pipeline = wordsPipeline(device, main, engine().barrier);
  const bad = buffer(new Uint32Array(1));
  const layout = pipeline.getBindGroupLayout(0);
  const limit = new Uint32Array(Float32Array.of(largest).buffer)[0]!;
  const octaves = Array.from({ length: 7 }, (_, i) => ({
    first: 2 ** (24 + i),
    step: 2 ** (1 + i),
    words: 2 ** 23,
  }));
  const runs = [
    { first: 0, step: 1, words: 2 ** 24 },
    ...octaves,
    { first: 2 ** 31, step: 1, words: 2 ** 16 },
  ];
  for (const { first, step, words } of runs) {
    const params = buffer(Uint32Array.of(0, first, limit, step), GPUBufferUsage.UNIFORM);
    const entries = [bad, params].map((resource, binding) => ({
      binding,
      resource: { buffer: resource },
    }));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
    pass.dispatchWorkgroups(words / 1024 / 64);
    pass.end();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
  }
  return (await read(bad, 'u32'))[0]!;
}
