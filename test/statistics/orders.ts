import type { At, StreamState } from '../../src/stream.js';

/** Words of a chunk: 4 MiB. */
export const CHUNK = 2 ** 20;

/** In which order words of the noise are laid side by side. */
export interface Order {
  /** What lies where, in a sentence's part. */
  readonly title: string;
  /** Runs of the engine in a chunk, each of as many words. */
  readonly runs: number;
  /** Where a run of a chunk draws. */
  readonly at: (run: number, chunk: bigint, from: StreamState) => At;
  /** Words that are neighbours where they are drawn lie this far apart; 1: they stay neighbours. */
  readonly stride: number;
}

const WAYS = 256;
const EACH = BigInt(CHUNK / WAYS);

/** Words that each seed of `counting` gives. */
const FEW = 1024;

const following = (chunk: bigint, from: StreamState) => ({
  ...from,
  position: from.position + chunk * BigInt(CHUNK),
});

export const orders = {
  long: {
    title: 'one stream as it is',
    runs: 1,
    at: (_, chunk, from) => following(chunk, from),
    stride: 1,
  },
  transposed: {
    title:
      'one stream, every 1024th word of a block of 2^20, then the words after these, and so on',
    runs: 1,
    at: (_, chunk, from) => following(chunk, from),
    stride: 1024,
  },
  seeds: {
    title: '256 neighbouring seeds, a word of each in turn',
    runs: WAYS,
    at: (run, chunk, from) => ({
      ...from,
      seed: from.seed + BigInt(run),
      position: from.position + chunk * EACH,
    }),
    stride: WAYS,
  },
  streams: {
    title: '256 neighbouring streams of one seed, a word of each in turn',
    runs: WAYS,
    at: (run, chunk, from) => ({
      ...from,
      stream: from.stream + BigInt(run),
      position: from.position + chunk * EACH,
    }),
    stride: WAYS,
  },
  counting: {
    title: 'seeds 0, 1, 2, …, the first 1024 words of each',
    runs: CHUNK / FEW,
    // A seed for each 1024 words of the position, so that ranges of positions are apart here, too.
    at: (run, chunk, from) => ({
      ...from,
      seed: from.seed + from.position / BigInt(FEW) + chunk * BigInt(CHUNK / FEW) + BigInt(run),
      position: 0n,
    }),
    stride: 1,
  },
} as const satisfies Record<string, Order>;

export type OrderName = keyof typeof orders;

/** The words, with what is at i·columns + j at j·rows + i. */
export function transpose(words: Uint32Array, columns: number): Uint32Array<ArrayBuffer> {
  const rows = words.length / columns;
  const result = new Uint32Array(words.length);
  // Square tiles keep what is read and what is written in the cache.
  const TILE = 32;
  for (let top = 0; top < rows; top += TILE) {
    for (let left = 0; left < columns; left += TILE) {
      const [bottom, right] = [Math.min(rows, top + TILE), Math.min(columns, left + TILE)];
      for (let i = top; i < bottom; i++) {
        for (let j = left; j < right; j++) result[j * rows + i] = words[i * columns + j]!;
      }
    }
  }
  return result;
}
