import { isBuffer } from './buffer.js';
import { createRecording, type Dispatch, type Recording } from './dispatch.js';
import { type JobHost, prepareJob } from './job.js';
import type { Plan } from './plan.js';
import { copyOf, isMemory, isSame, isTree } from './same.js';

/** What a run on some targets does, as often as it is wanted. */
export interface PreparedJob extends Recording {
  readonly dispatches: readonly Dispatch[];
  /** Samples that it draws. */
  readonly drawn: bigint;
  /** Whether the device is known to accept it. */
  accepted: boolean;
}

/**
 * Prepares jobs of a chain, and remembers the last one for each buffer or texture that is written: a run on
 * the same targets as before has nothing to check again.
 */
export function createJobs(plan: Plan, host: JobHost) {
  const remembered = new WeakMap<
    WeakKey,
    { readonly targets: unknown; readonly job: PreparedJob }
  >();

  /** The job of the last run on these targets, if it said the same. */
  function knownJob(targets: unknown): PreparedJob | undefined {
    try {
      const key = written(targets);
      const known = key && remembered.get(key);
      return known && isSame(targets, known.targets) && isUnmapped(known.job)
        ? known.job
        : undefined;
    } catch {
      return undefined; // of a getter or a proxy: checking tells
    }
  }

  return {
    /** @throws {TypeError | RangeError} naming the call, the field and the value */
    prepare(call: string, targets: unknown): PreparedJob {
      const known = knownJob(targets);
      if (known) return known;
      // What is checked is what is remembered, whatever a getter says when it is read again.
      const copy = copyOf(targets);
      const { dispatches, drawn } = prepareJob(call, plan, copy ?? targets, host);
      const recording = createRecording(host.device, dispatches);
      const job = { ...recording, dispatches, drawn, accepted: false };
      const key = written(copy);
      if (key) remembered.set(key, { targets: copy, job });
      return job;
    },

    /** Forgets a job that the device has refused, so that it is checked again. */
    forget({ dispatches }: PreparedJob): void {
      for (const { memory } of dispatches) {
        host.bindings.forget(memory[0]!);
        for (const each of memory) remembered.delete(each);
      }
    },
  };
}

/** What a run writes first: the target's buffer or texture, that of a pair, or of a list's first item. */
export function written(targets: unknown): WeakKey | undefined {
  let first = targets;
  // A list of pairs of ranges is as deep as targets are; they have not been checked yet.
  for (let depth = 0; depth < 3 && isTree(first); depth++) {
    first = Array.isArray(first) ? first[0] : (first.buffer ?? first.texture ?? first.target);
  }
  return isMemory(first) ? first : undefined;
}

const isUnmapped = ({ dispatches }: PreparedJob) =>
  dispatches.every(({ memory }) =>
    memory.every((each) => !isBuffer(each) || each.mapState === 'unmapped'),
  );
