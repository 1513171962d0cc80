import { type Chain, clip, createNoiseEngine, noise, normal, type StreamState } from 'webgpu-noise';
import { adapterName, requestDevice } from 'webgpu-noise/node';
import { createMoments, type Moments } from './moments.js';

/** Which noise, and how much of it. */
export interface NoiseSettings {
  readonly seed: bigint;
  readonly stream: bigint;
  /** Grey levels. */
  readonly mean: number;
  /** Grey levels, ≥ 0. */
  readonly std: number;
  /** Grey levels. */
  readonly clip: { readonly min: number; readonly max: number };
}

export interface NoiseResult {
  readonly adapter: string;
  readonly noisy: Uint8Array;
  /** Of noisy − original, in grey levels, had nothing been clipped or rounded. */
  readonly before: Moments;
  /** Of noisy − original, in grey levels, as it is. */
  readonly after: Moments;
  readonly speed: Speed;
}

/** How fast the chain runs in place on bytes in GPU memory. */
export interface Speed {
  readonly elementsPerSecond: number;
  /** Elements of one timing. */
  readonly elements: number;
  /** Timings that elementsPerSecond is the median of. */
  readonly timings: number;
}

/** Elements in GPU memory at a time; larger pictures go through piece by piece. */
const PIECE = 2 ** 24;

/**
 * Adds noise to samples on the GPU: clip(samples + mean + std·z, min, max), rounded to bytes. Sample
 * i of the picture gets element i of the noise.
 */
export async function addNoise(samples: Uint8Array, settings: NoiseSettings): Promise<NoiseResult> {
  const { seed, stream, mean, std } = settings;
  const device = await requestDevice();
  try {
    const engine = createNoiseEngine(device, { seed, stream });
    const recipe = engine.chain([noise({ mean, std }), clip(settings.clip)], { format: 'u8' });
    const justNoise = engine.chain([normal({ mean, std })]);
    await Promise.all([recipe.ready(), justNoise.ready()]);

    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const bytes = device.createBuffer({ label: 'photo bytes', size: PIECE, usage });
    const floats = device.createBuffer({ label: 'photo noise', size: 4 * PIECE, usage });
    const noisy = new Uint8Array(samples.length);
    const before = createMoments();
    const after = createMoments();
    const start = engine.state;

    for (let first = 0; first < samples.length; first += PIECE) {
      const piece = samples.subarray(first, first + PIECE);
      const count = piece.length;
      device.queue.writeBuffer(bytes, 0, wholeWords(piece));
      const at = recipe.run({ buffer: bytes, count });
      noisy.set(await engine.read({ buffer: bytes, count }, { format: 'u8' }), first);

      // The same noise once more, by itself.
      justNoise.run({ buffer: floats, count }, { at });
      for (const value of await engine.read({ buffer: floats, count })) before.add(value);
    }
    for (const [i, byte] of noisy.entries()) after.add(byte - samples[i]!);

    const speed = await measure(device, recipe, bytes, start);
    return { adapter: adapterName(device), noisy, before, after, speed };
  } finally {
    device.destroy();
  }
}

/** A copy that queue.writeBuffer takes: it writes whole words. */
function wholeWords(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  return padded;
}

/** Seconds that one timing lasts at least: far above what submitting and waiting take. */
const TIMING = 0.05;
const TIMINGS = 5;

async function measure(
  device: GPUDevice,
  chain: Chain,
  buffer: GPUBuffer,
  at: StreamState,
): Promise<Speed> {
  const time = async (elements: number) => {
    const count = Math.min(elements, PIECE);
    const start = performance.now();
    for (let done = 0; done < elements; done += count) chain.run({ buffer, count }, { at });
    await device.queue.onSubmittedWorkDone();
    return (performance.now() - start) / 1000;
  };
  // Finding out how many elements fill a timing warms up as well.
  let elements = 2 ** 18;
  while ((await time(elements)) < TIMING) elements *= 2;
  const seconds: number[] = [];
  while (seconds.length < TIMINGS) seconds.push(await time(elements));
  const median = seconds.sort((a, b) => a - b)[(TIMINGS - 1) / 2]!;
  return { elementsPerSecond: elements / median, elements, timings: TIMINGS };
}
