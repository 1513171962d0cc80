import { queryObjects, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { watchBuffers } from '../gpu/live.js';
import { quantile } from './trend.js';
import { createWork, type Turn, type Work } from './work.js';

/** What is seen after a share of the work. */
export interface Sample {
  /** Runs so far. */
  readonly runs: number;
  /** Bytes of V8's heap, and of what it keeps outside, after a collection. */
  readonly heap: number;
  readonly external: number;
  /** Objects of any kind that are alive in it. */
  readonly objects: number;
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
  readonly signal?: AbortSignal;
  readonly sampled?: (sample: Sample) => void;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Collects garbage until those who wait for its end have been told. */
async function collect(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    collectGarbage();
    await new Promise((told) => setTimeout(told, 5));
  }
}

/** Works for as long as it is told, and looks at what is left after each share. */
export async function soak(
  device: GPUDevice,
  live: ReturnType<typeof watchBuffers>,
  { turns, samples, signal, sampled, ...options }: SoakOptions,
): Promise<Sample[]> {
  const work = createWork(device, options);
  const seen: Sample[] = [];
  try {
    await work.check();
    let done = 0;
    for (let share = 1; share <= samples && !signal?.aborted; share++) {
      const all: Turn[] = [];
      for (; done < Math.round((share * turns) / samples) && !signal?.aborted; done++) {
        all.push(await work.turn());
      }
      await device.queue.onSubmittedWorkDone();
      const sample = await look(all, live);
      seen.push({ ...sample, runs: done * options.runs });
      sampled?.(seen.at(-1)!);
    }
    await work.check();
  } finally {
    work.destroy();
  }
  return seen;
}

async function look(turns: readonly Turn[], live: ReturnType<typeof watchBuffers>) {
  const runs = turns.flatMap((turn) => turn.runs);
  const bare = turns.flatMap((turn) => turn.bare);
  const whole = turns.map((turn) => turn.turn);
  const times = {
    run: quantile(runs, 0.5),
    slowRun: quantile(runs, 0.99),
    bare: quantile(bare, 0.5),
    turn: quantile(whole, 0.5),
    slowTurn: quantile(whole, 0.99),
  };
  for (const list of [turns as Turn[], runs, bare, whole]) list.length = 0;
  await collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return {
    ...times,
    heap: heapUsed,
    external,
    objects: queryObjects(Object, { format: 'count' }),
    resident: rss,
    buffers: live.count,
    bytes: live.bytes,
  };
}
