import type { watchBuffers } from '../gpu/live.js';
import { collect, reachableBytes } from './heap.js';
import { quantile } from './trend.js';
import { createWork, type Turn, type Work } from './work.js';

/** What is seen after a share of the work. */
export interface Sample {
  /** Runs so far. */
  readonly runs: number;
  /** Bytes of what JavaScript reaches; NaN in a sample that did not look. */
  readonly reachable: number;
  /** Bytes of V8's heap after a collection, its own code included. */
  readonly heap: number;
  /** Bytes of the whole process, Dawn's and SwiftShader's included. */
  readonly resident: number;
  /** Buffers that the library has on the GPU, and their bytes. */
  readonly buffers: number;
  readonly bytes: number;
  /** Milliseconds of a call of `run`. */
  readonly run: number;
  readonly slowRun: number;
  /** Milliseconds of a submit of nothing. */
  readonly bare: number;
  /** Milliseconds from a turn's first run until its reads are there. */
  readonly turn: number;
  readonly slowTurn: number;
}

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
  #names: (keyof Sample)[] = [];
  count = 0;

  constructor(samples: number) {
    this.#numbers = new Float64Array(FIELDS * samples);
  }

  add(sample: Sample): void {
    this.#names = Object.keys(sample) as (keyof Sample)[];
    this.#numbers.set(Object.values(sample), FIELDS * this.count++);
  }

  /** The last of them, or all. */
  last(count = this.count): Sample[] {
    return Array.from({ length: count }, (_, i) => {
      const begin = FIELDS * (this.count - count + i);
      return Object.fromEntries(
        this.#names.map((name, field) => [name, this.#numbers[begin + field]]),
      ) as never;
    });
  }
}

const FIELDS = 11;

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
