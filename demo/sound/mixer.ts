import { affine, type Measurement, type Op } from 'webgpu-noise';
import type { Clips, Recipe } from './recipe.js';

/** What adds noise to sound: a GPU, or the CPU where there is none. */
export interface Mixer {
  /** Who does the work, for people. */
  readonly name: string;
  /** Takes what noise is added to. */
  load(samples: Float32Array<ArrayBuffer>): void;
  /** Adds the noise at the start of a stream, and measures the whole and each clip. */
  mix(recipe: Recipe, clips: Clips, place: Place): Promise<Mixed>;
  destroy(): void;
}

export interface Place {
  readonly seed: string;
  readonly stream: string;
}

export interface Mixed {
  /** The only samples that come back, to be heard and drawn. */
  readonly noisy: Float32Array<ArrayBuffer>;
  readonly numbers: Numbers;
}

/** What is measured of a sound, of its noise and of both together. */
export interface Numbers {
  readonly original: Measurement<number>;
  /** Of noisy − original. */
  readonly noise: Measurement<number>;
  readonly noisy: Measurement<number>;
  /** dB, of each clip. */
  readonly ratios: readonly number[];
}

interface Range<B> {
  readonly buffer: B;
  readonly shape: readonly number[];
}

/** What engines of the GPU and of the CPU have in common, as far as it is needed. */
export interface Engine<B> {
  state: object;
  chain(ops: readonly Op[]): { run(targets: { source: Range<B>; target: Range<B> }): unknown };
  read(range: Range<B>): Promise<Float32Array<ArrayBuffer>>;
  measure(range: Range<B>): Promise<Measurement<number>>;
  measure(range: Range<B>, options: { axis: number }): Promise<Measurement<Float64Array>>;
  destroy(): void;
}

/** One element for each sample of the sound. */
export interface Buffers<B> {
  readonly original: B;
  readonly noisy: B;
  readonly noise: B;
}

/** Mixes from one buffer to another; the noise alone is left in a third, to be measured. */
export async function mix<B extends GPUBuffer | Float32Array>(
  engine: Engine<B>,
  { original, noisy, noise }: Buffers<B>,
  { ops, shape }: Recipe,
  clips: Clips,
  { seed, stream }: Place,
): Promise<Mixed> {
  const range = (buffer: B, as: readonly number[] = shape) => ({ buffer, shape: as });
  const source = range(original);
  engine.state = { seed, stream, position: 0 };
  engine.chain(ops).run({ source, target: range(noisy) });
  engine.chain([affine({ scale: -1, shift: noisy })]).run({ source, target: range(noise) });
  const axis = 0;
  const [samples, a, b, c, clean, rest] = await Promise.all([
    engine.read(range(noisy)),
    engine.measure(source),
    engine.measure(range(noise)),
    engine.measure(range(noisy)),
    engine.measure(range(original, clips), { axis }),
    engine.measure(range(noise, clips), { axis }),
  ]);
  const powers = [clean, rest].map(({ mean, variance }) =>
    mean.map((m, i) => m ** 2 + variance[i]!),
  );
  const ratios = Array.from(powers[0]!, (power, i) => decibels(power / powers[1]![i]!));
  return { noisy: samples, numbers: { original: a, noise: b, noisy: c, ratios } };
}

/** The mean square. */
export const powerOf = ({ mean, variance }: Measurement<number>) => mean ** 2 + variance;

/** Of a ratio of powers. */
export const decibels = (ratio: number) => 10 * Math.log10(ratio);
