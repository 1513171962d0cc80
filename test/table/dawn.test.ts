import { describe, expect, it } from 'vitest';
import { testDevice } from '../gpu/device.js';
import { cellsOf, checkCells, FEATURES } from './check.mjs';
import { library, table } from './library.js';

describe('Dawn', async () => {
  const { device } = await testDevice({ requiredFeatures: FEATURES });
  const all = cellsOf(table);
  const eighth = all.slice(Math.round(all.length / 4), Math.round((3 * all.length) / 8));

  // Mutation asks only cells whose kernels hold what it changes.
  it.each(process.env.TABLE === 'whole' ? all : eighth)(
    'has the bits of the table: $row.name in $column',
    async (cell) => {
      for await (const { difference, missing } of checkCells(device, library, [cell])) {
        expect({ difference, missing }).toEqual({});
      }
    },
  );
});
