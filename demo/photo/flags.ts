import { flagsOf, whole } from '../../.ci/flags.mjs';

/** What the command line asks for. Paths are as given. */
export interface Flags {
  readonly picture?: string;
  readonly out?: string;
  /** 0 to 2^64 − 1. */
  readonly seed: bigint;
  /** 0 to 2^64 − 1. */
  readonly stream: bigint;
  /** Grey levels, finite. */
  readonly mean: number;
  /** Grey levels, finite, ≥ 0. */
  readonly std: number;
  /** Grey levels, finite, min ≤ max. */
  readonly clip: { readonly min: number; readonly max: number };
}

export const HELP = `Adds Gaussian noise to a photograph on the GPU: clip(image + mean + std·randn, min, max).

Usage: npm start -- [photo.png] [flags]

  photo.png       any PNG of up to 8 bits per sample   (default demo/photo/chelsea.png)
  --std NUMBER    standard deviation, in grey levels   (default 50)
  --mean NUMBER   added to every sample, in grey levels (default 0)
  --clip MIN MAX  range of the result, in grey levels  (default 0 255)
  --seed WHOLE    which noise, 0 to 2^64 - 1           (default 42)
  --stream WHOLE  which of the seed's independent streams, 0 to 2^64 - 1 (default 0)
  --out FILE.png  the noisy picture                    (default out/noisy.png)
  --help          this text

Beside the noisy picture, compare.png shows the original left and the noisy picture right.
The same seed gives the same picture on every GPU. Alpha stays as it is and uses no noise.`;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads the command line, without the program's name and --help.
 *
 * @throws {RangeError} in one sentence: which flag, what it must be, what it was
 */
export function readFlags(args: readonly string[]): Flags {
  const { values, others } = flagsOf(joinClip(args), {
    valued: ['std', 'mean', 'clip', 'seed', 'stream', 'out'],
    others: true,
  });
  if (others.length > 1) {
    throw new RangeError(`there must be one picture, got ${others.map(quote).join(' and ')}`);
  }
  return {
    picture: others[0],
    out: values.out,
    seed: whole('--seed', values.seed ?? '42', 64),
    stream: whole('--stream', values.stream ?? '0', 64),
    mean: number('--mean', values.mean ?? '0'),
    std: number('--std', values.std ?? '50', 0),
    clip: range('--clip', values.clip ?? '0,255'),
  };
}

/** A flag takes one value: `--clip 0 255` becomes `--clip=0,255`. */
function joinClip(args: readonly string[]): string[] {
  const at = args.indexOf('--clip');
  if (at < 0) return [...args];
  const [min = '', max = ''] = args.slice(at + 1);
  const pair = NUMBER.test(min) && NUMBER.test(max);
  const joined = pair ? `--clip=${min},${max}` : '--clip';
  return [...args.slice(0, at), joined, ...joinClip(args.slice(pair ? at + 3 : at + 1))];
}

/** A number that is finite in f32, which the GPU computes in. */
function number(flag: string, text: string, min = -Infinity): number {
  const value = NUMBER.test(text) ? Number(text) : NaN;
  if (Number.isFinite(Math.fround(value)) && value >= min) return value;
  const bound = min === 0 ? ' ≥ 0' : '';
  throw new RangeError(`${flag} must be a finite number${bound}, got ${quote(text)}`);
}

function range(flag: string, text: string): Flags['clip'] {
  const parts = text.split(',');
  const numbers = parts.length === 2 && parts.every((part) => NUMBER.test(part));
  const [min = NaN, max = NaN] = numbers ? parts.map((part) => number(flag, part)) : [];
  if (min <= max) return { min, max };
  throw new RangeError(`${flag} must be two numbers, min ≤ max, got ${quote(text)}`);
}

/** Text of the user's in a sentence: on one line, whatever it holds. */
const quote = (text: string) => JSON.stringify(text);
