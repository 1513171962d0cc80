import type { watchBuffers } from '../gpu/live.js';
import { collect, reachableBytes } from './heap.js';
import { quantile } from './trend.js';
import { createWork, type Turn, type Work } from './work.js';

/** What is seen after a share of the work, by name. */
const FIELDS = [
  /** Runs so far. */
  'runs',
  /** Bytes of what JavaScript reaches; NaN in a sample that did not look. */
  'reachable',
  /** Bytes of V8's heap after a collection, its own code included. */
  'heap',
  /** Bytes of the whole process, Dawn's and SwiftShader's included. */
  'resident',
  /** Buffers that the library has on the GPU, and their bytes. */
  'buffers',
  'bytes',
  /** Milliseconds of a call of `run`. */
  'run',
  'slowRun',
  /** Milliseconds of a submit of nothing. */
  'bare',
  /** Milliseconds from a turn's first run until its reads are there. */
  'turn',
  'slowTurn',
] as const;

export type Sample = { readonly [F in (typeof FIELDS)[number]]: number };

export interface SoakOptions extends Work {
  /** Turns in all. */
  readonly turns: number;
  readonly samples: number;
  /** Every how many samples is seen what JavaScript reaches, which takes seconds; the last sees it, too. */
  readonly lookEvery: number;
  readonly signal?: AbortSignal;
  /** Told after each sample. */
  readonly sampled?: (log: Log) => void;
}

/** Samples, in memory that is there from the start: they would see themselves. */
export class Log {
  readonly #numbers: Float64Array;
  count = 0;

  constructor(samples: number) {
    this.#numbers = new Float64Array(FIELDS.length * samples);
  }

  add(sample: Sample): void {
    const numbers = FIELDS.map((field) => sample[field]);
    this.#numbers.set(numbers, FIELDS.length * this.count++);
  }

  /** The last of them, or all. */
  last(count = this.count): Sample[] {
    return Array.from({ length: count }, (_, i) => {
      const begin = FIELDS.length * (this.count - count + i);
      return Object.fromEntries(
        FIELDS.map((field, at) => [field, this.#numbers[begin + at]]),
      ) as never;
    });
  }
}

/** Works for as long as it is told, and looks at what is left after each share. */
export async function soak(
  device: GPUDevice,
  live: ReturnType<typeof watchBuffers>,
  { turns, samples, lookEvery, signal, sampled, ...options }: SoakOptions,
): Promise<Sample[]> {
  const work = createWork(device, options);
  const log = new Log(samples);
  const isLook = (share: number) => share % lookEvery === 0 || share === samples;
  try {
    await work.check();
    let done = 0;
    for (let share = 1; share <= samples && !signal?.aborted; share++) {
      const all: Turn[] = [];
      for (; done < Math.round((share * turns) / samples) && !signal?.aborted; done++) {
        all.push(await work.turn());
      }
      await device.queue.onSubmittedWorkDone();
      const times = timesOf(all);
      all.length = 0;
      await collect();
      const { heapUsed: heap, rss: resident } = process.memoryUsage();
      const reachable = isLook(share) ? reachableBytes() : Number.NaN;
      const { count: buffers, bytes } = live;
      const runs = done * options.runs;
      log.add({ runs, reachable, heap, resident, buffers, bytes, ...times });
      sampled?.(log);
    }
    await work.check();
  } finally {
    work.destroy();
  }
  return log.last();
}

function timesOf(turns: readonly Turn[]) {
  const runs = turns.flatMap((turn) => turn.runs);
  const bare = turns.flatMap((turn) => turn.bare);
  const whole = turns.map((turn) => turn.turn);
  return {
    run: quantile(runs, 0.5),
    slowRun: quantile(runs, 0.99),
    bare: quantile(bare, 0.5),
    turn: quantile(whole, 0.5),
    slowTurn: quantile(whole, 0.99),
  };
}
