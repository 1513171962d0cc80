import type { Flags } from './flags.js';
import type { Moments } from './moments.js';
import type { NoiseResult } from './noise.js';
import type { Output } from './output.js';
import type { Picture } from './picture.js';

interface Run {
  /** The picture's path, for showing. */
  readonly name: string;
  readonly original: Picture;
  readonly flags: Flags;
  readonly result: NoiseResult;
  /** Paths, for showing. */
  readonly written: Output;
}

/** What a run did, in words. */
export function report({ name, original, flags, result, written }: Run): string {
  const { width, height, colours, alpha, samples } = original;
  const kind = `${colours === 1 ? 'grey' : 'RGB'}${alpha ? ' and alpha (untouched)' : ''}`;
  const { seed, stream, mean, std, clip } = flags;
  const { speed, before, after } = result;
  const bytes = speed.elements.toLocaleString('en-US');
  return [
    `Adapter   ${result.adapter}`,
    `Picture   ${name}, ${width} × ${height}, ${kind}, ${samples.length.toLocaleString('en-US')} elements`,
    `Noise     mean ${mean}, std ${std}, clipped to ${clip.min} to ${clip.max}, seed ${seed}, stream ${stream}`,
    `Speed     ${approximate(speed.elementsPerSecond)} elements per second`,
    `          (this noise and clip on ${bytes} bytes in GPU memory, median of ${speed.timings} timings)`,
    'Residual  noisy - original, in grey levels',
    `          before clipping  ${moments(before)}`,
    `          after clipping   ${moments(after)}`,
    `Written   ${written.noisy}`,
    `          ${written.compare}  original left, noisy right`,
    '',
    'Next      npm start -- photo.png --std 25 --seed 7   your own PNG, relative to where you are',
    '          npm start -- --help                        all flags',
    '          README.md                                  the same in your own code',
  ].join('\n');
}

const moments = ({ mean, std }: Moments) => `mean ${mean.toFixed(3)}, std ${std.toFixed(3)}`;

/** Three digits and a word, such as `38.2 million`. */
const approximate = (count: number) =>
  new Intl.NumberFormat('en-US', {
    notation: 'compact',
    compactDisplay: 'long',
    maximumSignificantDigits: 3,
  }).format(count);
