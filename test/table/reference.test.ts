import { describe, expect, it } from 'vitest';
import * as index from 'webgpu-noise';
import { allFormats, textureKinds } from '../kernels.js';
import { groups } from './cases.js';
import { cellsOf, referenceHashes } from './check.mjs';
import { library, table } from './library.js';

const rows = table.groups.flatMap(({ runs, rows }) =>
  rows.map((row) => ({ name: row.name, runs, row })),
);

describe('the table of hashes', () => {
  it('is of the cases', () => {
    const cases = table.groups.map(({ runs, rows }) => ({
      runs,
      rows: rows.map(({ hashes, ...row }) => ({ ...row, columns: Object.keys(hashes) })),
    }));
    expect(cases).toEqual(JSON.parse(JSON.stringify(groups)));
  });

  it.each(rows)('holds what the CPU reference gives: $name', ({ runs, row }) => {
    const found = Object.keys(row.hashes).map((column) => [
      column,
      referenceHashes(library, { runs, row, column }),
    ]);
    expect(Object.fromEntries(found)).toEqual(row.hashes);
  });

  it('holds every op, in every format that it has', () => {
    const exported: readonly string[] = Object.keys(index);
    const { chain } = library.createReferenceEngine();
    const isOp = (name: string) => {
      try {
        chain([{ op: name } as never]);
        return true;
      } catch (error) {
        return !String(error).includes('an op must be made by');
      }
    };
    const ops = exported.filter(isOp);
    expect(ops).toHaveLength(19);
    const columns = allFormats.map(({ format, rounding }) =>
      rounding ? `${format} ${rounding}` : format,
    );
    for (const name of ops) {
      const held = rows.filter(({ row }) => row.ops.some(({ op }) => op === name));
      const formats = new Set(held.flatMap(({ row }) => Object.keys(row.hashes)));
      expect([name, ...formats]).toEqual([name, ...(name === 'bits' ? ['u32'] : columns)]);
    }
  });

  it('holds every texture format in every format of numbers that goes with it', () => {
    const held = rows.flatMap(({ row: { texture, hashes } }) =>
      Object.keys(hashes).map((column) => `${texture} ${column}`),
    );
    for (const [texture, format] of textureKinds) expect(held).toContain(`${texture} ${format}`);
  });

  it('has each chain once before any twice, so that a seventh holds all chains and formats', () => {
    const some = cellsOf(table).slice(0, rows.length);
    expect(new Set(some.map(({ row }) => row)).size).toBe(rows.length);
    expect(new Set(some.map(({ column }) => column)).size).toBe(allFormats.length + 1);
    expect(cellsOf(table).length / 7).toBeGreaterThanOrEqual(rows.length);
  });
});
