import { flagsOf, oneOf, someOf, whole } from '../../.ci/flags.mjs';
import type { StreamState } from '../../src/stream.js';
import { type OrderName, orders } from './orders.js';
import type { WordsOptions } from './words.js';

const orderNames = Object.keys(orders) as OrderName[];

export const STREAM_HELP = `Writes what the GPU draws to standard output, as 32-bit words, least byte first, until it is closed.

Usage: node test/statistics/stream.mjs [flags] | dieharder -a -g 200
       node test/statistics/stream.mjs [flags] | RNG_test stdin32

  --source NAME    words: as they are (default); normals: their distribution function, 16 bits of each
  --order NAME     how they lie side by side (default long):
${orderNames.map((name) => `                   ${name}: ${orders[name].title}`).join('\n')}
  --seed WHOLE     0 to 2^64 - 1 (default 0)
  --stream WHOLE   0 to 2^64 - 1 (default 0)
  --position WHOLE the first sample, 0 to 2^66 - 1 (default 0)
  --rounds N       of Philox, 10 or 7 (default 10)
  --bytes WHOLE    ends after so many bytes (default: never)
  --help           this text`;

export const RUN_HELP = `Runs the statistical tests that take too long for npm test: dieharder and ent on several streams, and the
own tests on 2^26 normals and the tails of 2^33, as f32, f16 and u8.

Usage: npm run test:statistics -- [flags]

  --only PARTS     of own, tails, dieharder, ent, such as own,tails (default: all)
  --samples 2^N    whose tails are counted in each format, N from 28 to 44 (default 2^33)
  --streams TEXT   only streams whose names hold this text, such as seeds
  --full           as many samples as dieharder -a takes: 60·10^9 words of the long stream
  --out FOLDER     where RESULTS.md and results.json go (default out/statistics)
  --again          starts anew, where else what is in results.json is not run again
  --help           this text

Ctrl-C stops; what is done is kept, and the next run goes on from there.`;

export interface StreamFlags extends WordsOptions {
  readonly bytes: number;
}

export const partNames = ['own', 'tails', 'dieharder', 'ent'] as const;

export interface RunFlags {
  readonly only: readonly (typeof partNames)[number][];
  readonly samples: number;
  readonly streams: string;
  readonly full: boolean;
  readonly out?: string;
  readonly again: boolean;
}

/** What the command line of the stream asks for; undefined: help. */
export function readStreamFlags(args: readonly string[]): StreamFlags | undefined {
  const { values } = flagsOf(args, {
    valued: ['source', 'order', 'seed', 'stream', 'position', 'rounds', 'bytes'],
  });
  if (values.help) return undefined;
  const from: StreamState = {
    seed: whole('--seed', values.seed ?? '0', 64),
    stream: whole('--stream', values.stream ?? '0', 64),
    position: whole('--position', values.position ?? '0', 66),
  };
  return {
    source: oneOf('--source', values.source ?? 'words', ['words', 'normals']),
    order: oneOf('--order', values.order ?? 'long', orderNames),
    from,
    rounds: oneOf('--rounds', values.rounds ?? '10', ['10', '7']) === '7' ? 7 : 10,
    bytes: values.bytes === undefined ? Infinity : Number(whole('--bytes', values.bytes, 53)),
  };
}

/** What the command line of the tests asks for; undefined: help. */
export function readRunFlags(args: readonly string[]): RunFlags | undefined {
  const { values } = flagsOf(args, {
    valued: ['only', 'samples', 'streams', 'out'],
    alone: ['full', 'again'],
  });
  const { only, samples = '2^33', streams = '', full, out, again, help } = values;
  if (help) return undefined;
  return {
    only: only ? someOf('--only', only, partNames) : partNames,
    samples: samplesOf(samples),
    ...{ streams, full, out, again },
  };
}

function samplesOf(text: string): number {
  const power = Number(/^2\^(\d+)$/.exec(text)?.[1]);
  if (power >= 28 && power <= 44) return 2 ** power;
  throw new RangeError(`--samples must be 2^N, N from 28 to 44, got ${JSON.stringify(text)}`);
}
