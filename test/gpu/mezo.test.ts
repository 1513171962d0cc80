import { describe, expect, it } from 'vitest';
import { normal, type PerturbOptions, type StreamState, type Tensors } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { expectSameBits } from '../bits.js';
import { testDevice } from './device.js';

const { engine, buffer, read } = await testDevice();

/** Either engine. */
interface Perturbs<B> {
  perturb(tensors: Tensors<B>, options: PerturbOptions<B>): StreamState;
}

/**
 * One step of MeZO (Malladi et al., "Fine-tuning language models with just forward passes", 2023,
 * DOI 10.48550/arXiv.2305.17333, algorithm 1): SPSA whose direction z is drawn again, never stored.
 */
async function step<B>(
  on: Perturbs<B>,
  tensors: Tensors<B>,
  loss: () => Promise<number>,
  epsilon: number,
  rate: number,
): Promise<{ at: StreamState; std: number; sign: 1 | -1 }> {
  const at = on.perturb(tensors, { std: epsilon });
  const plus = await loss();
  on.perturb(tensors, { std: 2 * epsilon, sign: -1, at });
  const minus = await loss();
  on.perturb(tensors, { std: epsilon, at });
  const gradient = (plus - minus) / (2 * epsilon);
  const std = rate * Math.abs(gradient);
  const sign = gradient > 0 ? -1 : 1;
  on.perturb(tensors, { std, sign, at });
  return { at, std, sign };
}

const COUNTS = [1, 3, 5, 0, 7, 24];
const WEIGHTS = 40;

/** Half the squared distance of all weights from 1. */
const half = (tensors: readonly Float32Array[]) =>
  tensors.reduce((sum, each) => each.reduce((s, w) => s + (w - 1) ** 2 / 2, sum), 0);

const zeros = () => COUNTS.map((count) => new Float32Array(count));
const ranges = (buffers: readonly GPUBuffer[]) =>
  buffers.map((each, i) => ({ buffer: each, count: COUNTS[i]! }));
const readAll = async (buffers: readonly GPUBuffer[]) => {
  const all = await Promise.all(buffers.map((each) => read(each, 'f32')));
  return all.map((array, i) => array.subarray(0, COUNTS[i]));
};

/** The noise that tensors of these counts drew at a place. */
function drawn(at: StreamState): Float32Array {
  const z = new Float32Array(WEIGHTS);
  createReferenceEngine().chain([normal()]).run(z, { at });
  return z;
}

const flat = (tensors: readonly Float32Array[]) =>
  Float32Array.from(tensors.flatMap((each) => [...each]));
const { fround } = Math;

describe('zeroth-order optimisation', () => {
  it('lowers a loss by noise that is drawn again at the same place, the same on GPU and CPU', async () => {
    const [gpu, cpu] = [engine({ seed: 6 }), createReferenceEngine({ seed: 6 })];
    const buffers = zeros().map((each) => buffer(each));
    const arrays = zeros();
    // For a quadratic of d weights a step of rate 1 / (d + 2) multiplies the expected loss by
    // 1 - 1 / (d + 2): E|z|^2 = d, E|z|^4 = d (d + 2). After 100 steps that is 0.09.
    const rate = 1 / (WEIGHTS + 2);
    for (let i = 0; i < 100; i++) {
      const lossOfBuffers = async () => half(await readAll(buffers));
      const onGPU = await step(gpu, ranges(buffers), lossOfBuffers, 2 ** -10, rate);
      const onCPU = await step(cpu, arrays, async () => half(arrays), 2 ** -10, rate);
      expect(onGPU).toEqual(onCPU);
    }
    expectSameBits(flat(await readAll(buffers)), flat(arrays));
    expect(gpu.state.position).toBe(BigInt(100 * WEIGHTS));
    expect(half(arrays)).toBeLessThan(half(zeros()) / 2);
  });

  it('updates by the noise that it tried', async () => {
    const gpu = engine({ seed: 7, position: 2n ** 34n - 11n });
    const buffers = zeros().map((each) => buffer(each));
    const loss = async () => half(await readAll(buffers));
    const { at, std, sign } = await step(gpu, ranges(buffers), loss, 0.5, 0.01);
    const z = drawn(at);
    const expected = z.map((each) => {
      const tried = fround(fround(0.5 * each) - each);
      return fround(fround(tried + fround(0.5 * each)) + fround(fround(sign * std) * each));
    });
    expectSameBits(flat(await readAll(buffers)), expected);
  });

  it('makes antithetic twins beside the weights, which stay as they are', async () => {
    const gpu = engine({ seed: 8 });
    const weights = COUNTS.map((count) => new Float32Array(count).fill(1.25));
    const [masters, plus, minus] = [weights, zeros(), zeros()].map((all) =>
      all.map((each) => buffer(each)),
    ) as [GPUBuffer[], GPUBuffer[], GPUBuffer[]];
    const at = gpu.perturb(ranges(masters), { std: 0.1, into: ranges(plus) });
    const again = gpu.perturb(ranges(masters), { std: 0.1, sign: -1, into: ranges(minus), at });
    expect(again).toEqual(at);
    const z = drawn(at);
    const std = fround(0.1);
    expectSameBits(
      flat(await readAll(plus)),
      z.map((each) => fround(1.25 + fround(std * each))),
    );
    expectSameBits(
      flat(await readAll(minus)),
      z.map((each) => fround(1.25 - fround(std * each))),
    );
    expectSameBits(flat(await readAll(masters)), flat(weights));
  });
});
