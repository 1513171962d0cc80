// Holds a device against the table of hashes. It knows nothing of Node, Deno or a page: it takes a device,
// the library's exports, and the table, or parts of it.

const FORMATS = {
  f32: { bytes: 4, Elements: Float32Array },
  f16: { bytes: 2, Elements: Uint16Array },
  bf16: { bytes: 2, Elements: Uint16Array },
  u8: { bytes: 1, Elements: Uint8Array },
  i8: { bytes: 1, Elements: Int8Array },
  unorm8: { bytes: 1, Elements: Uint8Array },
  u32: { bytes: 4, Elements: Uint32Array },
};

/** A bit of the exponent of each element in a word. */
const EXPONENT_BITS = { f32: 0x20000000, f16: 0x20002000, bf16: 0x20002000 };

/** Makes floats finite: without this bit of their exponents they are neither infinite nor NaN. */
export function makeFinite(format, words) {
  const bits = EXPONENT_BITS[format] ?? 0;
  for (let i = 0; i < words.length; i++) words[i] &= ~bits;
}

/** What of a chain's options a column of the table stands for, such as 'u8' or 'u8 truncate'. */
export function optionsOf(column, { rounds } = {}) {
  const [format, rounding] = column.split(' ');
  return { format, ...(rounding && { rounding }), ...(rounds && { rounds }) };
}

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

/** Where the runs are in memory, in words: each has room of its own, and some beside it that must not change. */
function roomsOf({ runs, column }) {
  const { bytes } = FORMATS[optionsOf(column).format];
  let end = 0;
  return runs.map(({ offset, shape, ...at }) => {
    const begin = end;
    const elements = offset + shape.reduce((all, length) => all * length, 1);
    end += Math.ceil((elements * bytes) / 4) + 1;
    return { at, begin, end, range: { offset: offset + (4 * begin) / bytes, shape } };
  });
}

/**
 * What is there before: random bits. They are finite numbers for every other run, and always in f32, whose
 * NaNs may get other bits on other devices.
 */
function inputOf({ bits, createReferenceEngine }, { column }, rooms) {
  const { format } = optionsOf(column);
  const words = new Uint32Array(rooms.at(-1).end);
  const source = createReferenceEngine({ seed: 99 }).chain([bits()], { format: 'u32' });
  source.run(words);
  for (const [i, { begin, end }] of rooms.entries()) {
    if (format === 'f32' || i % 2 === 0) makeFinite(format, words.subarray(begin, end));
  }
  return words;
}

/** What a cell's runs must leave in memory, by the CPU reference. */
function expectedOf(library, cell, rooms = roomsOf(cell)) {
  const words = inputOf(library, cell, rooms);
  const options = optionsOf(cell.column, cell.row);
  const buffer = new FORMATS[options.format].Elements(words.buffer);
  const chain = library.createReferenceEngine().chain(cell.row.ops, options);
  for (const { at, range } of rooms) chain.run({ buffer, ...range }, { at });
  return words;
}

/** A hash for each run: of all the room that it has. */
function hashesOf({ hashWords }, words, rooms) {
  const hashes = rooms.map(({ begin, end }) => hashWords(words.subarray(begin, end)));
  return hashes.map((hash) => hash.toString(16).padStart(8, '0')).join(' ');
}

/** The hashes that a cell must have, by the CPU reference. */
export function referenceHashes(library, cell) {
  const rooms = roomsOf(cell);
  return hashesOf(library, expectedOf(library, cell, rooms), rooms);
}

/** The first element that is not what the CPU reference gives, in words; none where all are. */
function differenceOf(library, cell, rooms, words) {
  const { Elements, bytes } = FORMATS[optionsOf(cell.column).format];
  const expected = new Elements(expectedOf(library, cell, rooms).buffer);
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

/**
 * Computes cells of the table on a device, one after the other.
 *
 * @param device a GPUDevice
 * @param library what 'webgpu-noise' exports, and `createReferenceEngine`
 * @param cells of `cellsOf`
 * @param options of the engine, such as `barrier`
 * @yields for each cell its `name` and `column`, and, where a bit is not that of the table, the `difference`
 */
export async function* checkCells(device, library, cells, options) {
  const engine = library.createNoiseEngine(device, options);
  try {
    for (const cell of cells) {
      const rooms = roomsOf(cell);
      const words = await computed(device, engine, cell, inputOf(library, cell, rooms), rooms);
      const isSame = hashesOf(library, words, rooms) === cell.row.hashes[cell.column];
      const difference = isSame ? undefined : differenceOf(library, cell, rooms, words);
      yield { name: cell.row.name, column: cell.column, ...(difference && { difference }) };
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

/** What a cell's runs leave in memory. */
async function computed(device, engine, { row, column }, input, rooms) {
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const usage = STORAGE | COPY_SRC | COPY_DST;
  const buffer = device.createBuffer({ label: 'table', size: input.byteLength, usage });
  try {
    device.queue.writeBuffer(buffer, 0, input);
    const chain = engine.chain(row.ops, optionsOf(column, row));
    for (const { at, range } of rooms) chain.run({ buffer, ...range }, { at });
    return await engine.read(buffer, { format: 'u32' });
  } finally {
    buffer.destroy();
  }
}
