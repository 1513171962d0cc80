import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { groups } from './cases.js';
import { referenceHashes, type Table } from './check.mjs';
import { library } from './library.js';

/** The table as the CPU reference gives it. */
function computeTable(): Table {
  return {
    groups: groups.map(({ runs, rows }) => ({
      runs,
      rows: rows.map(({ columns, ...row }) => ({
        ...row,
        hashes: Object.fromEntries(
          columns.map((column) => [column, referenceHashes(library, { runs, row, column })]),
        ),
      })),
    })),
  };
}

/** Writes the table, laid out as the formatter has it. */
export function writeTable(): void {
  const path = fileURLToPath(new URL('hashes.json', import.meta.url));
  writeFileSync(path, JSON.stringify(computeTable()));
  execFileSync('npx', ['biome', 'format', '--write', path], { stdio: 'ignore' });
}
