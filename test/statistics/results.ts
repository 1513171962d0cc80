import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from './dieharder.js';
import type { EntResult } from './ent.js';
import type { PValue } from './suite.js';

/** One run of dieharder on a stream. */
export interface DieharderRun {
  readonly stream: string;
  readonly args: string;
  /** 0, or how many times it has been run again on other words. */
  readonly attempt: number;
  readonly rows: readonly Row[];
  readonly bytes: number;
  readonly seconds: number;
}

export interface EntRun extends EntResult {
  readonly stream: string;
  readonly seconds: number;
}

export interface OwnRun {
  readonly format: string;
  readonly count: number;
  readonly results: readonly PValue[];
  readonly seconds: number;
}

/** Counts beyond 4, 5 and 6 standard deviations, below and above, of so many samples. */
export interface TailRun {
  readonly format: string;
  readonly count: number;
  readonly found: readonly number[];
  readonly expected: readonly number[];
  readonly p: readonly number[];
  readonly seconds: number;
}

export interface Results {
  /** The library's version, what it ran on, dieharder's version. */
  readonly library: string;
  readonly adapter: string;
  readonly machine: string;
  readonly dieharder?: string;
  readonly began: string;
  readonly own: OwnRun[];
  readonly tails: TailRun[];
  readonly dieharderRuns: DieharderRun[];
  readonly ent: EntRun[];
}

const pathIn = (folder: string) => join(folder, 'results.json');

/** What an earlier run left in the folder. */
export function savedResults(folder: string): Results | undefined {
  try {
    return JSON.parse(readFileSync(pathIn(folder), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function saveResults(folder: string, results: Results): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(pathIn(folder), `${JSON.stringify(results)}\n`);
}

/** dieharder's own limits: beyond them on either side, a p-value is called WEAK or FAILED. */
const WEAK = 0.005;
const FAILED = 1e-6;

export const isWeak = (p: number) => p < WEAK || p > 1 - WEAK;
export const isFailed = (p: number) => p < FAILED || p > 1 - FAILED;

/** As often as this, a test is run again on other words while any of its p-values is WEAK. */
export const ATTEMPTS = 3;

/** Of tests of our own: a thousand of them give a false alarm in 10^5 runs. */
const LEAST = 1e-8;

/** What is wrong, in sentences: none, but by chance once in a thousand runs. */
export function failures({ own, tails, dieharderRuns, ent }: Results): string[] {
  const ours = [
    ...own.flatMap(({ format, results }) => {
      return results.map(({ test, p }) => ({ where: `${format}, ${test}`, p }));
    }),
    ...tails.flatMap(({ format, p }) =>
      p.map((each) => ({ where: `tails of ${format}`, p: each })),
    ),
    ...ent.flatMap(({ stream, p }) => {
      return Object.entries(p).map(([test, each]) => ({
        where: `ent, ${stream}, ${test}`,
        p: each,
      }));
    }),
  ];
  const low = ours.filter(({ p }) => p < LEAST);
  const failed = dieharderRuns.flatMap(({ stream, args, attempt, rows }) => {
    const last = attempt === ATTEMPTS - 1;
    return rows
      .filter(({ p }, i) => isFailed(p) || (last && weakEachTime(dieharderRuns, stream, args, i)))
      .map(({ p }) => ({ where: `dieharder ${args}, ${stream}`, p }));
  });
  return [...low, ...failed].map(({ where, p }) => `${where}: p = ${p}`);
}

function weakEachTime(runs: readonly DieharderRun[], stream: string, args: string, row: number) {
  return runs
    .filter((run) => run.stream === stream && run.args === args)
    .every(({ rows }) => isWeak(rows[row]!.p));
}
