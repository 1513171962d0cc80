import type { Sample } from './soak.js';
import { trendOf } from './trend.js';

/** What was done between the first sample and the last. */
export interface Done {
  readonly runs: number;
  readonly turns: number;
}

/** A series without a trend is beyond this once in 1000 times (of a standard normal, both sides). */
const CERTAIN = 3.29;

/**
 * Bytes by which V8's code and what it learns for it may rise in a turn: measured, 765, over 750 turns in which
 * no object was added.
 */
const LEARNED = 1024;

/** The least piece that glibc's malloc hands out, in bytes. */
const NATIVE_PIECE = 32;

/** The largest page of uniforms of recordings: pages double until then. */
const LAST_PAGE = 2 ** 22;

/** Medians of the same code differ by less from one tenth of a run to the next. */
const SLOWER = 0.1;

/** What is not flat, in sentences. The first quarter, in which compilers and pools settle, does not count. */
export function verdictOf(samples: readonly Sample[], { runs, turns }: Done): string[] {
  const settled = samples.slice(Math.floor(samples.length / 4));
  const share = settled.length / samples.length;
  const found: string[] = [];

  function expectFlat(what: string, limit: number, of: (sample: Sample) => number): void {
    const { z, slope } = trendOf(settled.map(of));
    const rise = slope * (settled.length - 1);
    if (z > CERTAIN && rise > limit) {
      const [by, most] = [rise, limit].map((value) => value.toPrecision(3));
      found.push(`${what} must rise by at most ${most}, got ${by} (z = ${z.toFixed(1)})`);
    }
  }
  expectFlat('the heap (bytes)', LEARNED * turns * share, ({ heap, external }) => heap + external);
  // Each sample is an object itself, and so is the list's next piece now and then.
  expectFlat('objects', 2 * settled.length, ({ objects }) => objects);
  expectFlat('resident memory (bytes)', NATIVE_PIECE * runs * share, ({ resident }) => resident);
  expectFlat('the time of a run, in submits of nothing,', SLOWER, ({ run, bare }) => run / bare);

  const half = Math.ceil(settled.length / 2);
  const most = (of: (sample: Sample) => number, from: number, to?: number) =>
    Math.max(...settled.slice(from, to).map(of));
  const [before, after] = [most(({ buffers }) => buffers, 0, half), most((s) => s.buffers, half)];
  if (after > before) found.push(`GPU buffers must stay at most ${before}, got ${after}`);
  const [held, now] = [most(({ bytes }) => bytes, 0, half), most((s) => s.bytes, half)];
  if (now > held + LAST_PAGE) {
    found.push(`bytes of GPU buffers must stay at most ${held + LAST_PAGE}, got ${now}`);
  }
  return found;
}
