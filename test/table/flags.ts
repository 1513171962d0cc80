import { flagsOf, someOf } from '../../.ci/flags.mjs';
import type { Part } from './check.mjs';
import { type RuntimeName, runtimes } from './runtimes.js';

const names = Object.keys(runtimes) as RuntimeName[];

export const HELP = `Computes the table of hashes in every runtime on this machine, and prints where the bits are the same.

Usage: npm run verify -- [flags]

  --only NAMES   runtimes, of ${names.join(',')} (default: all that are there)
  --part K/N     the K-th of N parts of the table; 1/7 holds each chain in one format (default: 1/1)
  --write        writes the table anew, by the CPU reference, and checks nothing
  --help         this text

Ends with 0 where all bits are the same, with 1 where one is not, and where nothing could be checked.`;

export interface Flags {
  readonly only?: readonly RuntimeName[] | undefined;
  readonly part?: Part | undefined;
  readonly write: boolean;
  readonly help: boolean;
}

/** @throws {RangeError} in one sentence: which flag, what it must be, what it was */
export function readFlags(args: readonly string[]): Flags {
  const { values } = flagsOf(args, { valued: ['only', 'part'], alone: ['write'] });
  const { only, part, write, help } = values;
  return {
    only: only === undefined ? undefined : someOf('--only', only, names),
    part: part === undefined ? undefined : partOf(part),
    write,
    help,
  };
}

function partOf(text: string): Part {
  const [, k, n] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (k && n && k <= n) return [k, n];
  throw new RangeError(`--part must be K/N with 1 ≤ K ≤ N, got ${JSON.stringify(text)}`);
}
