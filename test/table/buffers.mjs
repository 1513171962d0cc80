// Cells whose runs are on ranges of a buffer.
import { chainOf, FORMATS, makeFinite, optionsOf, randomWords } from './cell.mjs';

/** Where the runs are in memory, in words: each has room of its own, and some beside it that must not change. */
export function roomsOf({ runs, column }) {
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
function inputOf(library, { column }, rooms) {
  const { format } = optionsOf(column);
  const words = randomWords(library, rooms.at(-1).end, 99);
  for (const [i, { begin, end }] of rooms.entries()) {
    if (format === 'f32' || i % 2 === 0) makeFinite(format, words.subarray(begin, end));
  }
  return words;
}

/** What a cell's runs must leave in memory, by the CPU reference. */
export function expectedOf(library, cell, rooms) {
  const words = inputOf(library, cell, rooms);
  const { Elements } = FORMATS[optionsOf(cell.column).format];
  const buffer = new Elements(words.buffer);
  const chain = chainOf(library.createReferenceEngine(), cell);
  for (const { at, range } of rooms) chain.run({ buffer, ...range }, { at });
  return words;
}

/** What a cell's runs leave in memory. */
export async function computed(library, device, engine, cell, rooms) {
  const input = inputOf(library, cell, rooms);
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const usage = STORAGE | COPY_SRC | COPY_DST;
  const buffer = device.createBuffer({ label: 'table', size: input.byteLength, usage });
  try {
    device.queue.writeBuffer(buffer, 0, input);
    const chain = chainOf(engine, cell);
    for (const { at, range } of rooms) chain.run({ buffer, ...range }, { at });
    return await engine.read(buffer, { format: 'u32' });
  } finally {
    buffer.destroy();
  }
}
