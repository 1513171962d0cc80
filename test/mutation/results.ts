import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './rules.js';
import type { Fate } from './tester.js';

/** What became of the changes of a file. */
interface FileResult {
  changes: number;
  /** Those of which no shader compiled. */
  invalid: number;
  endless: number;
  killed: number;
  /** How many changes each file of tests noticed first. */
  readonly by: Record<string, number>;
  /** What no test noticed, and why: by hand. */
  readonly survived: Record<string, string>;
}

export type Results = { readonly [file: string]: FileResult };

const PATH = fileURLToPath(new URL('results.json', import.meta.url));

export function readResults(): Results {
  return existsSync(PATH) ? JSON.parse(readFileSync(PATH, 'utf8')) : {};
}

export function sentence({ file, line, column, rule, was, becomes }: Mutant): string {
  return `${file}:${line}:${column}: ${rule}: ${was} becomes ${becomes}`;
}

/** Whether a change survived, and nobody has said why. */
export function isOpen(mutant: Mutant, results: Results): boolean {
  return results[mutant.file]?.survived[placeOf(mutant)] === NOT_EXPLAINED;
}

const NOT_EXPLAINED = 'not explained';

function placeOf(mutant: Mutant): string {
  return sentence(mutant).slice(mutant.file.length + 1);
}

/** Puts the fates of a file's changes in the place of older ones; reasons stay. */
export function writeResult(file: string, fates: ReadonlyMap<Mutant, Fate>, isAll: boolean): void {
  const results = readResults();
  const known = results[file]?.survived ?? {};
  const { by, survived, ...counts }: FileResult = structuredClone(
    (isAll ? undefined : results[file]) ?? NOTHING,
  );
  for (const [mutant, found] of fates) {
    const place = placeOf(mutant);
    delete survived[place];
    if (isAll) counts.changes++;
    if (found.fate === 'survived') survived[place] = known[place] ?? NOT_EXPLAINED;
    else {
      counts[found.fate]++;
      const [tests] = found.by.split(':');
      by[tests!] = (by[tests!] ?? 0) + 1;
    }
  }
  const entries = Object.entries({ ...results, [file]: { ...counts, by, survived } });
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(PATH, JSON.stringify(Object.fromEntries(sorted)));
  execFileSync('npx', ['biome', 'format', '--write', PATH], { stdio: 'ignore' });
}

const NOTHING: FileResult = { changes: 0, invalid: 0, endless: 0, killed: 0, by: {}, survived: {} };
