import { USAGE } from '../../src/buffer.js';
import type { Barrier } from '../../src/kernel.js';
import { link, type WGSLFile } from '../../src/link.js';
import { shaders } from '../../src/shaders.js';

/** A kernel of the tests' own around `lib/normal`, with the barrier form of choice. */
function ownKernel(main: string, barrier: Barrier): string {
  const chosen: Record<string, string> = { barrier: `lib/barrier/${barrier}` };
  const own: Record<string, WGSLFile> = { test: { path: 'test', text: main } };
  const find = (name: string) => own[name] ?? shaders.get(chosen[name] ?? name);
  return link('test', find).code;
}

export function wordsPipeline(device: GPUDevice, main: string, barrier: Barrier) {
  const module = device.createShaderModule({ code: ownKernel(main, barrier) });
  return device.createComputePipeline({ layout: 'auto', compute: { module } });
}

const PAIRS = `#import barrier
#import lib/normal/exact
@group(0) @binding(0) var<storage, read> words: array<vec2u>;
@group(0) @binding(1) var<storage, read_write> pairs: array<vec2f>;
@group(0) @binding(2) var<uniform> zero: vec4u;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  barrier_zero = zero.x;
  if (id.x < arrayLength(&words)) { pairs[id.x] = normal_pair(words[id.x].x, words[id.x].y); }
}`;

/** The kernel that makes normals of pairs of words. */
export const pairsKernel = (barrier: Barrier) => ownKernel(PAIRS, barrier);

/** The normals that the GPU makes of pairs of words (radius word, angle word). */
export async function normalsOfWords(device: GPUDevice, words: Uint32Array, barrier: Barrier) {
  const { STORAGE, COPY_DST, COPY_SRC, UNIFORM, MAP_READ } = USAGE;
  const make = (size: number, usage: number) => device.createBuffer({ size, usage });
  const input = make(words.byteLength, STORAGE | COPY_DST);
  const output = make(words.byteLength, STORAGE | COPY_SRC);
  const zero = make(16, UNIFORM);
  const staging = make(words.byteLength, MAP_READ | COPY_DST);
  device.queue.writeBuffer(input, 0, words as Uint32Array<ArrayBuffer>);
  const pipeline = wordsPipeline(device, PAIRS, barrier);
  const bound = [input, output, zero].map((buffer, binding) => ({ binding, resource: { buffer } }));
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries: bound });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(Math.ceil(words.length / 2 / 64));
  pass.end();
  encoder.copyBufferToBuffer(output, 0, staging, 0, words.byteLength);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(1);
  const pairs = new Float32Array(staging.getMappedRange().slice(0));
  for (const buffer of [input, output, zero, staging]) buffer.destroy();
  return pairs;
}
