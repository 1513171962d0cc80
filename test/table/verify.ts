import type { Checked, Part, PartChecked } from './check.mjs';
import { table } from './library.js';
import { type RuntimeName, runtimes, titles } from './runtimes.js';

/** What to check, and who is told of it, line by line. */
export interface Wanted {
  readonly only?: readonly RuntimeName[] | undefined;
  readonly part?: Part | undefined;
  readonly say: (line: string) => void;
}

type Result = PartChecked & { readonly name: RuntimeName };

/**
 * Checks the table in all runtimes that are there, and prints a matrix: a row for each chain, a column for each
 * runtime, in each cell a mark for each format.
 *
 * @returns whether every bit is as it must be; false, too, where nothing could be checked
 */
export async function verify({ only, part = [1, 1], say }: Wanted): Promise<boolean> {
  const names = only ?? (Object.keys(runtimes) as RuntimeName[]);
  const results: Result[] = [];
  for (const name of names) {
    const start = performance.now();
    const result = await runtimes[name](part).catch(failed);
    if (typeof result === 'string') {
      say(`${titles[name]}: not checked, since ${result}`);
      continue;
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    say(`${titles[name]}: ${result.checked.length} cells in ${seconds} s, on ${result.adapter}`);
    results.push({ ...result, name });
  }
  for (const line of matrix(results)) say(line);
  for (const line of results.flatMap(absences)) say(line);
  const wrong = results.flatMap(differences);
  for (const line of wrong) say(line);
  const compared = results.flatMap(({ checked }) => checked.filter(({ missing }) => !missing));
  if (wrong.length === 0) say(`The same bits in all ${compared.length} cells.`);
  return wrong.length === 0 && compared.length > 0;
}

/** A runtime that was there, and ended before the check did. */
function failed(error: unknown): PartChecked {
  return { adapter: 'no adapter', checked: [], errors: [String(error)] };
}

/** The table's columns, in their order. */
const columns = [
  ...new Set(table.groups.flatMap(({ rows }) => rows.flatMap(({ hashes }) => Object.keys(hashes)))),
];

function matrix(results: readonly Result[]): string[] {
  const names = table.groups.flatMap(({ rows }) => rows.map(({ name }) => name));
  const width = Math.max(...names.map(({ length }) => length)) + 2;
  const wide = Math.max(columns.length, ...results.map(({ name }) => name.length)) + 2;
  const line = (head: string, cells: readonly string[]) =>
    (head.padEnd(width) + cells.map((cell) => cell.padEnd(wide)).join('')).trimEnd();
  return [
    '',
    `Marks are, from the left: ${columns.join(', ')}.`,
    '✓ same bits, ✗ other bits, – not there, · not checked',
    '',
    line(
      '',
      results.map(({ name }) => name),
    ),
    ...names.map((name) =>
      line(
        name,
        results.map(({ checked }) => columns.map((column) => mark(checked, name, column)).join('')),
      ),
    ),
    '',
  ];
}

function mark(checked: readonly Checked[], name: string, column: string): string {
  const cell = checked.find((one) => one.name === name && one.column === column);
  if (!cell) return '·';
  if (cell.missing) return '–';
  return cell.difference ? '✗' : '✓';
}

/** What a runtime's device cannot have, feature by feature. */
function absences({ name, checked }: Result): string[] {
  const missing = checked.flatMap((cell) => cell.missing ?? []);
  return [...new Set(missing)].map((feature) => {
    const { length } = missing.filter((each) => each === feature);
    return `${titles[name]}: ${length} not there, since the device lacks "${feature}"`;
  });
}

function differences({ name, checked, errors }: Result): string[] {
  return [
    ...checked.flatMap((cell) =>
      cell.difference
        ? [`${titles[name]}: ${cell.name} in ${cell.column}: ${cell.difference}`]
        : [],
    ),
    ...errors.map((error) => `${titles[name]}: ${error.split('\n')[0]}`),
  ];
}
