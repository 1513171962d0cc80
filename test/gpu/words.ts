import { USAGE } from '../../src/buffer.js';
import type { Barrier, Multiply } from '../../src/kernel.js';
import { link, type WGSLFile } from '../../src/link.js';
import { bitsOf } from '../../src/reference/float.js';
import { shaders } from '../../src/shaders.js';
import type { SpecifiedFunction } from '../functions.js';

/** A kernel of the tests' own around files of `shaders/`, with the forms of choice. */
function ownKernel(main: string, barrier: Barrier, multiply: Multiply = 'halves'): string {
  const chosen: Record<string, string> = {
    barrier: `lib/barrier/${barrier}`,
    multiply: `lib/philox/${multiply}`,
  };
  const own: Record<string, WGSLFile> = { test: { path: 'test', text: main } };
  const find = (name: string) => own[name] ?? shaders.get(chosen[name] ?? name);
  return link('test', find).code;
}

export function wordsPipeline(device: GPUDevice, main: string, barrier: Barrier) {
  const module = device.createShaderModule({ code: ownKernel(main, barrier) });
  return device.createComputePipeline({ layout: 'auto', compute: { module } });
}

const pairs = (math: 'exact' | 'native') => `#import barrier
#import lib/normal/${math}
@group(0) @binding(0) var<storage, read> words: array<vec2u>;
@group(0) @binding(1) var<storage, read_write> pairs: array<vec2f>;
@group(0) @binding(2) var<uniform> zero: vec4u;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  barrier_zero = zero.x;
  if (id.x < arrayLength(&words)) { pairs[id.x] = normal_pair(words[id.x].x, words[id.x].y); }
}`;

/** The kernel that makes normals of pairs of words. */
export const pairsKernel = (barrier: Barrier) => ownKernel(pairs('exact'), barrier);

const PRODUCTS = `#import multiply
@group(0) @binding(0) var<storage, read> words: array<u32>;
@group(0) @binding(1) var<storage, read_write> products: array<vec4u>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&words)) {
    let word = words[id.x];
    products[id.x] = vec4u(philox_multiply_0(word), philox_multiply_2(word));
  }
}`;

/** The two 64-bit products of Philox for each word, as four words: high, low, high, low. */
export async function productsOfWords(device: GPUDevice, words: Uint32Array, multiply: Multiply) {
  const module = device.createShaderModule({ code: ownKernel(PRODUCTS, 'xor', multiply) });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
  return new Uint32Array(await outputOf(device, pipeline, words, 16 * words.length, []));
}

/** The floats that a function of a word gives on the GPU. */
export async function resultsOf(device: GPUDevice, specified: SpecifiedFunction, barrier: Barrier) {
  const { files, wgsl, first, step, count } = specified;
  const main = `${files.map((file) => `#import ${file}`).join('\n')}
@group(0) @binding(0) var<storage, read> words: array<u32>;
@group(0) @binding(1) var<storage, read_write> results: array<vec4f>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  barrier_zero = words[0];
  if (id.x >= arrayLength(&results)) { return; }
  let w = vec4u(${first}u) + ${step}u * (4u * id.x + vec4u(0u, 1u, 2u, 3u));
  let x = bitcast<vec4f>(w);
  let v = w * 0x9e3779b9u; // other words
  results[id.x] = ${wgsl};
}`;
  const pipeline = wordsPipeline(device, main, barrier);
  const zeros = new Uint32Array(count / 4);
  return new Uint32Array(await outputOf(device, pipeline, zeros, 4 * count, []));
}

const COUNTS = `#import barrier
#import lib/poisson/normal
#import lib/poisson/search
@group(0) @binding(0) var<storage, read> inputs: array<vec2u>; // words, and rates as bits
@group(0) @binding(1) var<storage, read_write> counts: array<f32>;
@group(0) @binding(2) var<uniform> zero: vec4u;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  barrier_zero = zero.x;
  if (id.x >= arrayLength(&inputs)) { return; }
  let words = vec4u(inputs[id.x].x);
  let rate = vec4f(bitcast<f32>(inputs[id.x].y));
  let small = poisson_search(words, min(rate, vec4f(16.0)));
  counts[id.x] = select(poisson_from_normal(words, rate), small, rate < vec4f(16.0)).x;
}`;

/** The Poisson-distributed counts that the GPU makes of words and rates. */
export async function countsOf(
  device: GPUDevice,
  inputs: readonly (readonly [word: number, rate: number])[],
  barrier: Barrier,
) {
  const words = Uint32Array.from(inputs.flatMap(([word, rate]) => [word, bitsOf(rate)]));
  const pipeline = wordsPipeline(device, COUNTS, barrier);
  const zero = device.createBuffer({ size: 16, usage: USAGE.UNIFORM });
  const counts = await outputOf(device, pipeline, words, 4 * inputs.length, [zero]);
  zero.destroy();
  return new Float32Array(counts);
}

/** What an expression of the words `a` and `b` gives: four words for each eight. */
export async function integersOf(device: GPUDevice, wgsl: string, words: Uint32Array) {
  const main = `#import lib/fixed
#import lib/reduce/quotient
#import lib/wide
@group(0) @binding(0) var<storage, read> words: array<vec4u>;
@group(0) @binding(1) var<storage, read_write> results: array<vec4u>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= arrayLength(&results)) { return; }
  let a = words[2u * id.x];
  let b = words[2u * id.x + 1u];
  results[id.x] = ${wgsl};
}`;
  const pipeline = wordsPipeline(device, main, 'xor');
  return new Uint32Array(await outputOf(device, pipeline, words, words.byteLength / 2, []));
}

/** The normals that the GPU makes of pairs of words (radius word, angle word). */
export async function normalsOfWords(
  device: GPUDevice,
  words: Uint32Array,
  barrier: Barrier,
  math: 'exact' | 'native' = 'exact',
) {
  const pipeline = wordsPipeline(device, pairs(math), barrier);
  const zero = device.createBuffer({ size: 16, usage: USAGE.UNIFORM });
  const made = await outputOf(device, pipeline, words, words.byteLength, [zero]);
  zero.destroy();
  return new Float32Array(made);
}

/** What a kernel writes, with an invocation for each word. */
async function outputOf(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  words: Uint32Array,
  bytes: number,
  more: readonly GPUBuffer[],
): Promise<ArrayBuffer> {
  const { STORAGE, COPY_DST, COPY_SRC, MAP_READ } = USAGE;
  const make = (size: number, usage: number) => device.createBuffer({ size, usage });
  const input = make(words.byteLength, STORAGE | COPY_DST);
  const output = make(bytes, STORAGE | COPY_SRC);
  const staging = make(bytes, MAP_READ | COPY_DST);
  device.queue.writeBuffer(input, 0, words as Uint32Array<ArrayBuffer>);
  const bound = [input, output, ...more].map((buffer, binding) => ({
    binding,
    resource: { buffer },
  }));
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries: bound });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(Math.ceil(words.length / 64));
  pass.end();
  encoder.copyBufferToBuffer(output, 0, staging, 0, bytes);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(1);
  const made = staging.getMappedRange().slice(0);
  for (const buffer of [input, output, staging]) buffer.destroy();
  return made;
}
