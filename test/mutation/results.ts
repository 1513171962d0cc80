import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './rules.js';
import type { Fate } from './tester.js';

/** What became of the changes of a file. */
interface FileResult {
  readonly changes: number;
  /** Those of which no shader compiled. */
  readonly invalid: number;
  readonly endless: number;
  readonly killed: number;
  /** How many changes each file of tests noticed first. */
  readonly by: { readonly [tests: string]: number };
  /** What no test noticed, and why: by hand. */
  readonly survived: { readonly [change: string]: string };
}

export type Results = { readonly [file: string]: FileResult };

const PATH = fileURLToPath(new URL('results.json', import.meta.url));

export function readResults(): Results {
  return existsSync(PATH) ? JSON.parse(readFileSync(PATH, 'utf8')) : {};
}

export function sentence({ file, line, column, rule, was, becomes }: Mutant): string {
  return `${file}:${line}:${column}: ${rule}: ${was} becomes ${becomes}`;
}

/** Puts the fates of all changes of a file in the place of older ones; reasons stay. */
export function writeResult(file: string, fates: ReadonlyMap<Mutant, Fate>): void {
  const results = readResults();
  const all = [...fates.values()];
  const of = (fate: Fate['fate']) => all.filter((each) => each.fate === fate).length;
  const by: Record<string, number> = {};
  for (const each of all) {
    if (each.fate === 'survived') continue;
    const [tests] = each.by.split(':');
    by[tests!] = (by[tests!] ?? 0) + 1;
  }
  const survived = [...fates].flatMap(([mutant, { fate }]) => {
    const change = sentence(mutant).slice(file.length + 1);
    return fate === 'survived'
      ? [[change, results[file]?.survived[change] ?? 'not explained']]
      : [];
  });
  const result: FileResult = {
    changes: all.length,
    invalid: of('invalid'),
    endless: of('endless'),
    killed: of('killed'),
    by,
    survived: Object.fromEntries(survived),
  };
  const sorted = Object.entries({ ...results, [file]: result }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  writeFileSync(PATH, JSON.stringify(Object.fromEntries(sorted)));
  execFileSync('npx', ['biome', 'format', '--write', PATH], { stdio: 'ignore' });
}
