import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Mutant, mutate } from './rules.js';
import { suites } from './suites.js';

/** What became of a change: no shader compiled, or a test failed, or ran for ever, or none did. */
export type Fate =
  | { readonly fate: 'invalid' | 'killed' | 'endless'; readonly by: string }
  | { readonly fate: 'survived' };

/** A test, as it is without a change. */
interface Test {
  readonly path: string;
  readonly id: string;
  readonly name: string;
  readonly ms: number;
  /** What it calls functions of, and what its kernels are linked from. */
  readonly files: readonly string[];
}

interface Run {
  readonly passes: boolean;
  readonly compiles: boolean;
  readonly ms: number;
}

/** Slower tests are left out. */
const SLOW_MS = 60_000;

/** Bytes that a process may come to hold: what tests leave behind is many devices. */
const MEMORY = 3 * 2 ** 30;

/** Tests that are changed may compile and shrink more: what takes longer than ten times the usual and this has no end. */
const MORE_MS = 10_000;

/**
 * Tells the fates of changes.
 *
 * @param copy the folder of a worktree that may be changed
 * @param signal after which there are no tests any more
 * @param most milliseconds of tests of a file for a change: of more those are left out that notice least in a second
 */
export function createTester(copy: string, signal: AbortSignal, most: number) {
  let child = start();
  signal.addEventListener('abort', () => child.kill('SIGKILL'));
  const known = new Map<string, Test[]>();
  /** How many changes of a file a test was the first to notice. */
  const kills = new Map<string, number>();

  function start(): ChildProcess {
    const env = { ...process.env, TABLE: 'whole' };
    return fork(join(copy, 'test/mutation/child.mjs'), { cwd: copy, stdio: 'ignore', env });
  }

  /** The child's answer; or undefined when it takes too long or dies, after which there is a new child. */
  function ask<T>(what: object, limit = 600_000): Promise<T | undefined> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(undefined);
      const asked = child;
      const late = setTimeout(() => asked.kill('SIGKILL'), limit);
      const end = (message?: { readonly answer: T; readonly memory: number }) => {
        clearTimeout(late);
        asked.off('message', end).off('exit', restart);
        if (message && message.memory > MEMORY) {
          asked.kill('SIGKILL');
          child = start();
        }
        resolve(message?.answer);
      };
      const restart = () => {
        if (!signal.aborted) child = start();
        end();
      };
      asked.on('message', end).on('exit', restart);
      asked.send(what);
    });
  }

  async function write(file: string, text: string): Promise<void> {
    writeFileSync(join(copy, file), text);
    await ask({ ask: 'forget', path: join(copy, file) });
  }

  /** Runs every test of a file by itself, without a change. */
  async function measure(path: string): Promise<void> {
    const at = { path: join(copy, `test/${path}.test.ts`) };
    const tests: Test[] = [];
    for (const { id, name } of (await ask<Test[]>({ ask: 'collect', ...at })) ?? []) {
      const run = await ask<Run & Test>({ ask: 'measure', ...at, id }, SLOW_MS);
      if (!run) continue;
      if (!run.passes) throw new Error(`mutate: ${path}: ${name} must pass without a change`);
      tests.push({ ...run, ...at, id, name });
    }
    known.set(path, tests);
  }

  /** The tests that may notice a change of a file: those first that notice most in a second. */
  function testsFor(file: string, paths: readonly string[]): Test[] {
    const cost = ({ id, ms }: Test) => ms / ((kills.get(file + id) ?? 0) + 0.1);
    const affordable = (path: string) => {
      let spent = 0;
      return (known.get(path) ?? [])
        .filter(({ files }) => files.includes(file))
        .sort((a, b) => cost(a) - cost(b))
        .filter(({ ms }) => {
          // A test that is long without a change may fail at once with it.
          const begins = spent < most;
          spent += ms;
          return begins;
        });
    };
    return paths.flatMap(affordable).sort((a, b) => cost(a) - cost(b));
  }

  async function runAll(file: string, tests: readonly Test[]): Promise<Fate> {
    for (const test of tests) {
      const by = `${test.path.slice(copy.length + 1)}: ${test.name}`;
      const run = await ask<Run>(
        { ask: 'run', path: test.path, id: test.id },
        10 * test.ms + MORE_MS,
      );
      if (run?.passes) continue;
      kills.set(file + test.id, (kills.get(file + test.id) ?? 0) + 1);
      if (!run) return { fate: 'endless', by };
      return { fate: run.compiles ? 'killed' : 'invalid', by };
    }
    return { fate: 'survived' };
  }

  /** Makes a change, runs tests until one fails, and takes it back. */
  async function fateOf(mutant: Mutant): Promise<Fate> {
    const { file } = mutant;
    const text = readFileSync(join(copy, file), 'utf8');
    const paths = suites.find(({ files }) => files.test(file))!.tests;
    const tried = new Set<Test>();
    for (;;) {
      const tests = testsFor(file, paths).filter((test) => !tried.has(test));
      await write(file, mutate(text, mutant));
      const fate = await runAll(file, tests);
      await write(file, text);
      if (fate.fate !== 'survived') return fate;
      for (const test of tests) tried.add(test);
      const next = paths.find((path) => !known.has(path));
      if (!next || signal.aborted) return fate;
      await measure(next);
    }
  }

  return { fateOf, close: () => child.kill('SIGKILL') };
}
