import type { Sample } from './soak.js';
import { trendOf } from './trend.js';

/** What was done between the first sample and the last. */
export interface Done {
  readonly runs: number;
  readonly turns: number;
  /** Bytes by which the process may yet grow while its pools fill. Default 0. */
  readonly settling?: number;
}

/** A series without a trend is beyond this once in 1000 times (of a standard normal, both sides). */
const CERTAIN = 3.29;

/** Bytes that JavaScript may still add to what it reaches, mostly to what it knows of its own functions. */
const LEARNED = 2048;

/** Bytes that a turn may add: less than the least object has, were it forgotten at every 16th. */
const LEAK = 1;

/** The least piece that glibc's malloc hands out, in bytes. */
const NATIVE_PIECE = 32;

/** Bytes by which the resident memory of 500 MB varies: 0.4 MB was seen. A small leak is for the form of a million runs. */
const NATIVE_NOISE = 2 ** 21;

/** The largest page of uniforms of recordings: pages double until then. */
const LAST_PAGE = 2 ** 22;

/** Medians of the same code differ by less from one tenth of a run to the next. */
const SLOWER = 0.1;

/** What is not flat, in sentences. The first quarter, in which compilers and pools settle, does not count. */
export function verdictOf(
  samples: readonly Sample[],
  { runs, turns, settling = 0 }: Done,
): string[] {
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
  const looks = settled.map(({ reachable }) => reachable).filter((bytes) => !Number.isNaN(bytes));
  const [rise, allowed] = [looks.at(-1)! - looks[0]!, LEARNED + LEAK * turns * share];
  if (rise > allowed) {
    found.push(`what JavaScript reaches (bytes) must rise by at most ${allowed}, got ${rise}`);
  }
  const native = NATIVE_PIECE * runs * share + NATIVE_NOISE + settling;
  expectFlat('resident memory (bytes)', native, ({ resident }) => resident);
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
