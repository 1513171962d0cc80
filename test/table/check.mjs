// Holds a device against the table of hashes. It knows nothing of Node, Deno or a page: it takes a device,
// the library's exports, and the table, or parts of it.

import * as buffers from './buffers.mjs';
import { FORMATS, optionsOf } from './cell.mjs';
import * as textures from './textures.mjs';

/** Features that some cells need: ask for those that the adapter has. */
export const FEATURES = ['bgra8unorm-storage'];

/** What knows where a cell's runs are, and how to do them. */
const memoryOf = ({ row }) => (row.texture ? textures : buffers);

/**
 * The cells of the table: what one chain gives in one format, over all runs of its group. Each chain comes
 * once before any comes twice, in other formats than its neighbours, so that a part holds all of both.
 */
export function cellsOf({ groups }) {
  const all = groups.flatMap(({ runs, rows }) =>
    rows.map((row) => ({ runs, row, columns: Object.keys(row.hashes) })),
  );
  const most = Math.max(...all.map(({ columns }) => columns.length));
  return Array.from({ length: most }, (_, turn) =>
    all.flatMap(({ runs, row, columns }, i) =>
      turn < columns.length ? [{ runs, row, column: columns[(turn + i) % columns.length] }] : [],
    ),
  ).flat();
}

/** A hash for each run: of all the room that it has. */
function hashesOf({ hashWords }, words, rooms) {
  const hashes = rooms.map(({ begin, end }) => hashWords(words.subarray(begin, end)));
  return hashes.map((hash) => hash.toString(16).padStart(8, '0')).join(' ');
}

/** The hashes that a cell must have, by the CPU reference. */
export function referenceHashes(library, cell) {
  const { roomsOf, expectedOf } = memoryOf(cell);
  const rooms = roomsOf(cell);
  return hashesOf(library, expectedOf(library, cell, rooms), rooms);
}

/**
 * The first element that is not what the CPU reference gives, in words; none where all are. In a texture
 * all four of a pixel count, in the order of the texel's bytes.
 */
function differenceOf(library, cell, rooms, words) {
  const { Elements, bytes } = FORMATS[optionsOf(cell.column).format];
  const expected = new Elements(memoryOf(cell).expectedOf(library, cell, rooms).buffer);
  const received = new Elements(words.buffer);
  const bits = (elements, i) => {
    const of = new Uint8Array(elements.buffer, i * bytes, bytes);
    return `0x${[...of].reduceRight((hex, byte) => hex + byte.toString(16).padStart(2, '0'), '')}`;
  };
  const wrong = expected.findIndex((_, i) => bits(expected, i) !== bits(received, i));
  if (wrong < 0) return 'other hashes than the table, but the bits of the CPU reference';
  const run = rooms.findIndex(({ end }) => wrong * bytes < 4 * end);
  const { at, range } = rooms[run];
  const place = `seed ${at.seed}, stream ${at.stream}, position ${at.position}`;
  return (
    `element ${wrong - range.offset} of the run at ${place} must be ${bits(expected, wrong)}, got ` +
    bits(received, wrong)
  );
}

/** The feature that a device lacks for a cell. */
function missingFor({ features }, { row }) {
  if (row.texture !== 'bgra8unorm') return undefined;
  return features.has('bgra8unorm-storage') ? undefined : 'bgra8unorm-storage';
}

/**
 * Computes cells of the table on a device, one after the other.
 *
 * @param device a GPUDevice
 * @param library what 'webgpu-noise' exports, and `createReferenceEngine`
 * @param cells of `cellsOf`
 * @param options of the engine, such as `barrier`
 * @yields for each cell its `name` and `column`, and, where a bit is not that of the table, the `difference`;
 * where the device cannot have the cell, the feature that is `missing`
 */
export async function* checkCells(device, library, cells, options) {
  const engine = library.createNoiseEngine(device, options);
  try {
    for (const cell of cells) {
      const { row, column } = cell;
      const { roomsOf, computed } = memoryOf(cell);
      const missing = missingFor(device, cell);
      if (missing) {
        yield { name: row.name, column, missing };
        continue;
      }
      const rooms = roomsOf(cell);
      const words = await computed(library, device, engine, cell, rooms);
      const isSame = hashesOf(library, words, rooms) === row.hashes[column];
      const difference = isSame ? undefined : differenceOf(library, cell, rooms, words);
      yield { name: row.name, column, ...(difference && { difference }) };
    }
  } finally {
    engine.destroy();
  }
}

/**
 * Computes a part of the table on a device.
 *
 * @param part such as [2, 3], the second third of its cells
 * @returns what `checkCells` yields, who computed it, and what the device found wrong
 */
export async function checkPart(device, library, table, [part, parts], options) {
  const errors = [];
  const note = ({ error }) => errors.push(error.message);
  device.addEventListener('uncapturederror', note);
  const cells = cellsOf(table);
  const place = (k) => Math.round((k * cells.length) / parts);
  const checked = [];
  for await (const cell of checkCells(
    device,
    library,
    cells.slice(place(part - 1), place(part)),
    options,
  )) {
    checked.push(cell);
  }
  await device.queue.onSubmittedWorkDone();
  device.removeEventListener('uncapturederror', note);
  const { vendor, architecture, description } = device.adapterInfo ?? {};
  const adapter =
    description || [vendor, architecture].filter(Boolean).join(' ') || 'an adapter without a name';
  return { adapter, checked, errors };
}
