import { laplace, noise, type Op, perAxis, snr, uniform, uniformNoise } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { short, writtenOp, writtenPlace } from '../controls/code.js';
import type { Settings } from './settings.js';
import type { Sound } from './wav.js';

/** How many clips a sound has, and how many samples each of them. */
export type Clips = readonly [count: number, length: number];

/**
 * A batch is a rectangle, so that a sound is cut into clips of equal length, about a second. Of its last
 * samples some may be left over, fewer than there are clips.
 */
export function clipsOf({ samples, rate }: Pick<Sound, 'samples' | 'rate'>): Clips {
  const count = Math.max(1, Math.round(samples.length / rate));
  return [count, Math.floor(samples.length / count)];
}

/** What is done to a sound. */
export interface Recipe {
  readonly ops: readonly Op[];
  /** Of the sound as the ops see it. */
  readonly shape: readonly number[];
  /** dB for each part that has a ratio of its own: the whole, or each clip; none at a fixed level. */
  readonly asked: readonly number[];
}

/** What the settings do to a sound. */
export function recipeOf(settings: Settings, sound: Sound): Recipe {
  const { level, db } = settings;
  const shape = [sound.samples.length];
  if (level === 'fixed') return { ops: [fixed(settings)], shape, asked: [] };
  if (level === 'whole') return { ops: [snr({ db })], shape, asked: [db] };
  const clips = clipsOf(sound);
  const asked = ratiosOf(settings, clips);
  return { ops: [snr({ db: perAxis(0, asked), axis: 0 })], shape: clips, asked };
}

/** A ratio for each clip, from the samples of the stream that follow those of the noise. */
function ratiosOf({ low, high, seed, stream }: Settings, [count, length]: Clips): number[] {
  if (low === high) return Array(count).fill(low);
  const ratios = new Float32Array(count);
  const engine = createReferenceEngine({ seed, stream, position: count * length });
  engine.chain([uniform({ low, high })]).run(ratios);
  return [...ratios];
}

/** Noise of a given standard deviation. */
function fixed({ noise: kind, std }: Settings): Op {
  switch (kind) {
    case 'gaussian':
      return noise({ std });
    case 'laplace':
      return laplace({ scale: short(std / Math.SQRT2) });
    case 'uniform':
      return uniformNoise({ low: -halfWidth(std), high: halfWidth(std) });
  }
}

/** A uniform distribution of width w has the standard deviation w / √12. */
const halfWidth = (std: number) => short(std * Math.sqrt(3));

/** The lines that make the noise of the settings. */
export function codeOf(settings: Settings, sound: Sound): string {
  const { level, db } = settings;
  const place = writtenPlace(settings);
  const perClip = level === 'clips';
  const op = level === 'fixed' ? written(fixed(settings)) : writtenOp('snr', { db });
  const names = ['createNoiseEngine', ...(perClip ? ['perAxis', 'snr'] : [op.split('(')[0]])];
  const isDrawn = perClip && settings.low < settings.high;
  return `import { ${[...names, ...(isDrawn ? ['uniform'] : [])].sort().join(', ')} } from 'webgpu-noise';
${isDrawn ? "import { createReferenceEngine } from 'webgpu-noise/reference';\n" : ''}
${opened(sound)}

const adapter = await navigator.gpu.requestAdapter();
const device = await adapter.requestDevice();
const { STORAGE, COPY_DST, COPY_SRC } = GPUBufferUsage;
const size = sound.byteLength;
const buffer = device.createBuffer({ size, usage: STORAGE | COPY_DST | COPY_SRC });
device.queue.writeBuffer(buffer, 0, sound);

const engine = createNoiseEngine(device, { ${place} });
${perClip ? batch(settings, clipsOf(sound), place) : `const range = { buffer, count: sound.length };\nengine.chain([${op}]).run(range);`}

// A model on the GPU goes on from the buffer. Only to be heard have samples to come back.
const noisy = await engine.read(range);
`;
}

const opened = ({ plain, name }: Sound) =>
  plain
    ? `// The samples of a plain WAV file: one channel, 16 bits, 44 bytes of header.
const file = await (await fetch('${name.replace(/['\\]/g, '\\$&')}')).arrayBuffer();
const sound = Float32Array.from(new Int16Array(file, 44), (sample) => sample / 32768);`
    : `// Your samples, a Float32Array: "Save WAV" gives what one channel of 16 bits leaves of them.
const sound = samples;`;

/** An op as it is written, without its mean of 0; its numbers are those of f32 by now. */
function written({ op, ...options }: Op): string {
  const given = Object.entries({ ...options, mean: undefined });
  const shorter = given.map(([name, value]) => [
    name,
    typeof value === 'number' ? short(value) : value,
  ]);
  return writtenOp(op, Object.fromEntries(shorter));
}

function batch({ low, high }: Settings, [count, length]: Clips, place: string): string {
  const drawn = `// Each clip's ratio in dB, from the samples that follow those of the noise.
const db = new Float32Array(${count});
const ratios = createReferenceEngine({ ${place}, position: ${count * length} });
ratios.chain([uniform({ low: ${low}, high: ${high} })]).run(db);`;
  const equal = `const db = Array(${count}).fill(${low});`;
  return `// A batch of ${count} clips.
const range = { buffer, shape: [${count}, ${length}] };
${low < high ? drawn : equal}
engine.chain([snr({ db: perAxis(0, db), axis: 0 })]).run(range);`;
}
