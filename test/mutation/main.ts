import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { philox4x32 } from 'webgpu-noise/reference';
import { type Mutant, mutantsOf, mutate } from './rules.js';
import { type Suite, suites } from './suites.js';

const HELP = `Changes one thing at a time in shaders and reference, and looks whether the tests notice.

Usage: npm run mutate -- [flags]

  --sample WHOLE  how many changes, drawn from all (default: all of them)
  --seed WHOLE    which sample, 0 to 2^32 - 1 (default 1)
  --only TEXT     only files whose path holds this text
  --minutes WHOLE start no change after these (default: no end)
  --list          print the changes and test nothing
  --help          this text

Tests run in a worktree of the last commit in the system's temporary folder. Ctrl-C stops and reports.`;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MUTATED = ['shaders/**/*.wgsl', 'src/reference/*.ts'];

/** Ten times what the slowest suite takes on two idle cores: what still runs then runs for ever. */
const LIMIT_MS = 600_000;

type Fate = 'killed' | 'survived' | 'endless';

/** 0 when all were noticed, 1 when some survived, 2 when it was asked for wrongly, 130 when it was stopped. */
export const exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let flags: ReturnType<typeof readFlags>;
  try {
    flags = readFlags(args);
  } catch (error) {
    console.error(`npm run mutate: ${(error as Error).message}`);
    return 2;
  }
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  const all = allMutants().filter(({ file }) => file.includes(flags.only));
  const chosen = sample(all, flags.sample, flags.seed);
  if (flags.list) {
    for (const mutant of chosen) console.log(sentence(mutant));
    return 0;
  }
  console.log(`${chosen.length} of ${all.length} changes`);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  const copy = openCopy();
  try {
    return await testAll(copy, chosen, flags.minutes * 60_000, stop.signal);
  } finally {
    closeCopy(copy);
  }
}

function readFlags(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      sample: { type: 'string', default: 'Infinity' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      minutes: { type: 'string', default: 'Infinity' },
      list: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const whole = (name: 'sample' | 'seed' | 'minutes') => {
    const text = values[name];
    if (!/^\d+$/.test(text) && text !== 'Infinity') {
      throw new RangeError(`--${name} must be a whole number, got ${JSON.stringify(text)}`);
    }
    return Number(text);
  };
  return { ...values, sample: whole('sample'), seed: whole('seed'), minutes: whole('minutes') };
}

function allMutants(): Mutant[] {
  const files = execFileSync('git', ['ls-files', ...MUTATED.map((glob) => `:(glob)${glob}`)], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return files
    .trim()
    .split('\n')
    .flatMap((file) => mutantsOf(file, readFileSync(join(ROOT, file), 'utf8')));
}

/** Those with the least random words, in the order of their places. */
function sample(all: readonly Mutant[], count: number, seed: number): Mutant[] {
  const words = all.map((_, i) => philox4x32([i, 0, 0, 0], [seed, 0])[0]);
  const limit = [...words].sort((a, b) => a - b)[count] ?? 2 ** 32;
  return all.filter((_, i) => words[i]! < limit);
}

/** A worktree of the last commit, with the packages of this one. */
function openCopy(): string {
  const copy = join(mkdtempSync(join(tmpdir(), 'webgpu-noise-mutate-')), 'copy');
  execFileSync('git', ['worktree', 'add', '--detach', '--quiet', copy, 'HEAD'], { cwd: ROOT });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function closeCopy(copy: string): void {
  execFileSync('git', ['worktree', 'remove', '--force', copy], { cwd: ROOT });
  rmSync(join(copy, '..'), { recursive: true, force: true });
}

async function testAll(
  copy: string,
  mutants: readonly Mutant[],
  limit: number,
  signal: AbortSignal,
): Promise<number> {
  const fates: Record<Fate, number> = { killed: 0, survived: 0, endless: 0 };
  const started = performance.now();
  for (const suite of new Set(mutants.map(suiteOf))) {
    if ((await runTests(copy, suite, signal)) !== 'survived' && !signal.aborted) {
      throw new Error(`mutate: ${suite.tests.join(', ')} must pass without a change, got failures`);
    }
  }
  for (const [index, mutant] of mutants.entries()) {
    if (signal.aborted || performance.now() - started > limit) break;
    const path = join(copy, mutant.file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, mutate(text, mutant));
    const fate = await runTests(copy, suiteOf(mutant), signal);
    writeFileSync(path, text);
    if (signal.aborted) break;
    fates[fate]++;
    console.log(`${index + 1} of ${mutants.length}  ${fate.padEnd(8)}  ${sentence(mutant)}`);
  }
  const { killed, survived, endless } = fates;
  console.log(`${killed} killed, ${endless} ran for ever, ${survived} survived`);
  if (signal.aborted) return 130;
  return survived > 0 ? 1 : 0;
}

function suiteOf({ file }: Mutant): Suite {
  const suite = suites.find(({ files }) => files.test(file));
  if (!suite) throw new Error(`mutate: ${file} must have a suite, got none`);
  return suite;
}

/** Runs a suite until its first failure. */
function runTests(copy: string, { tests, named }: Suite, signal: AbortSignal): Promise<Fate> {
  const files = tests.map((test) => `test/${test}.test.ts`);
  const names = named ? ['--testNamePattern', named] : [];
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs');
  const child = spawn(
    process.execPath,
    [vitest, 'run', ...files, ...names, '--bail', '1', '--reporter', 'dot'],
    { cwd: copy, env: { ...process.env, CI: 'true' }, stdio: 'ignore', detached: true },
  );
  return new Promise((resolve) => {
    let fate: Fate | undefined;
    const end = () => process.kill(-child.pid!, 'SIGKILL');
    const late = setTimeout(() => {
      fate = 'endless';
      end();
    }, LIMIT_MS);
    signal.addEventListener('abort', end, { once: true });
    child.on('close', (code) => {
      clearTimeout(late);
      signal.removeEventListener('abort', end);
      resolve(fate ?? (code === 0 ? 'survived' : 'killed'));
    });
  });
}

function sentence({ file, line, rule, was, becomes }: Mutant): string {
  return `${file}:${line}: ${rule}: ${was} becomes ${becomes}`;
}
