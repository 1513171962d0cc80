import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { philox4x32 } from 'webgpu-noise/reference';
import { flagsOf, whole } from '../../.ci/flags.mjs';
import { isOpen, readResults, sentence, writeResult } from './results.js';
import { type Mutant, mutantsOf } from './rules.js';
import { createTester, type Fate } from './tester.js';

const HELP = `Changes one thing at a time in shaders and reference, and looks whether the tests notice.

Usage: npm run mutate -- [flags]

  --sample WHOLE  how many changes, drawn from all (default: all of them)
  --seed WHOLE    which sample, 0 to 2^32 - 1 (default 1)
  --only TEXTS    only files whose path holds one of these, with commas between them
  --rest          only files that results.json lacks
  --survived      only what results.json says survived, and not why
  --minutes WHOLE start no change after these (default: no end)
  --list          print the changes and test nothing
  --help          this text

Tests run in a worktree of the last commit in the system's temporary folder. What becomes of all changes of a
file is written to results.json. Ctrl-C stops; --rest goes on.`;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MUTATED = ['shaders/**/*.wgsl', 'src/reference/*.ts'];

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
  const results = readResults();
  const all = allMutants().filter(
    (mutant) =>
      flags.only.split(',').some((text) => mutant.file.includes(text)) &&
      !(flags.rest && mutant.file in results) &&
      !(flags.survived && !isOpen(mutant, results)),
  );
  const chosen = sample(all, flags.sample, flags.seed);
  const stop = new AbortController();
  process.stdout.on('error', () => stop.abort()); // `| head` has seen enough.
  if (flags.list) {
    for (const mutant of chosen) console.log(sentence(mutant));
    return 0;
  }
  console.log(`${chosen.length} of ${all.length} changes`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  const copy = openCopy();
  try {
    const record = flags.survived ? 'some' : chosen.length === all.length ? 'all' : 'none';
    return await testAll(copy, chosen, { minutes: flags.minutes, record }, stop.signal);
  } finally {
    closeCopy(copy);
  }
}

function readFlags(args: string[]) {
  const { values } = flagsOf(args, {
    valued: ['sample', 'seed', 'only', 'minutes'],
    alone: ['rest', 'survived', 'list'],
  });
  const number = (name: 'sample' | 'seed' | 'minutes', otherwise: number) => {
    const text = values[name];
    return text === undefined ? otherwise : Number(whole(`--${name}`, text, 32));
  };
  return {
    ...values,
    only: values.only ?? '',
    sample: number('sample', Number.POSITIVE_INFINITY),
    seed: number('seed', 1),
    minutes: number('minutes', Number.POSITIVE_INFINITY),
  };
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
  { minutes, record }: { readonly minutes: number; readonly record: 'all' | 'some' | 'none' },
  signal: AbortSignal,
): Promise<number> {
  const fates = new Map<Mutant, Fate>();
  const started = performance.now();
  const tester = createTester(copy, signal, record === 'some' ? 60_000 : 6_000);
  for (const [index, mutant] of mutants.entries()) {
    if (performance.now() - started > minutes * 60_000) break;
    const fate = await tester.fateOf(mutant);
    if (signal.aborted) break;
    fates.set(mutant, fate);
    const by = 'by' in fate ? ` (${fate.by})` : '';
    console.log(`${index + 1} of ${mutants.length}  ${fate.fate}  ${sentence(mutant)}${by}`);
    const { file } = mutant;
    if (record !== 'none' && mutants[index + 1]?.file !== file) {
      const ofFile = new Map([...fates].filter(([other]) => other.file === file));
      writeResult(file, ofFile, record === 'all');
    }
  }
  tester.close();
  const of = (name: Fate['fate']) => [...fates.values()].filter(({ fate }) => fate === name).length;
  console.log(
    `${of('killed')} noticed, ${of('endless')} ran for ever, ${of('invalid')} did not compile, ` +
      `${of('survived')} survived`,
  );
  if (signal.aborted) return 130;
  return of('survived') > 0 ? 1 : 0;
}
