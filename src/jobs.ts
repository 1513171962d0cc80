import { isBuffer } from './buffer.js';
import { createRecording, type Dispatch, type Recording } from './dispatch.js';
import { type JobHost, prepareJob } from './job.js';
import type { Plan } from './plan.js';
import { isExternalTexture, isTexture } from './texture/range.js';

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

/** What is written first: the target's buffer or texture, that of a pair, or of a list's first item. */
function written(targets: unknown): WeakKey | undefined {
  let first = targets;
  // A list of pairs of ranges is as deep as targets are; they have not been checked yet.
  for (let depth = 0; depth < 3 && isTree(first); depth++) {
    first = Array.isArray(first) ? first[0] : (first.buffer ?? first.texture ?? first.target);
  }
  return isMemory(first) ? first : undefined;
}

/** What has nothing to compare but itself. */
const isMemory = (value: unknown): value is WeakKey =>
  isBuffer(value) || isTexture(value) || isExternalTexture(value);

const isUnmapped = ({ dispatches }: PreparedJob) =>
  dispatches.every(({ memory }) =>
    memory.every((each) => !isBuffer(each) || each.mapState === 'unmapped'),
  );

/** Lists and plain objects. */
const isTree = (value: unknown): value is { readonly [key: string]: unknown } =>
  Array.isArray(value) ||
  (typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype);

/**
 * Whether two targets say the same, field by field. Objects of classes may have changed in ways that
 * cannot be seen: they are never the same.
 */
function isSame(a: unknown, b: unknown): boolean {
  if (!isTree(a) || !isTree(b)) {
    return Object.is(a, b) && (typeof a !== 'object' || a === null || isMemory(a));
  }
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const fields = Object.getOwnPropertyNames(a);
  if (fields.length !== Object.getOwnPropertyNames(b).length) return false;
  return fields.every((field) => Object.hasOwn(b, field) && isSame(a[field], b[field]));
}

/** Lists of pairs of ranges with shapes are as deep as targets are. */
const DEPTH = 4;

/**
 * A copy that stays as it is, whatever becomes of the lists and objects in it, each field of which is read
 * once; undefined for what no target can be, of which checking tells.
 */
function copyOf(value: unknown, depth = DEPTH): unknown {
  try {
    if (!isTree(value)) return value;
    if (depth === 0) return undefined;
    return Array.isArray(value) ? copyOfList(value, depth - 1) : copyOfObject(value, depth - 1);
  } catch {
    return undefined; // what a getter or a proxy throws
  }
}

function copyOfList(list: readonly unknown[], depth: number): unknown[] | undefined {
  const copy: unknown[] = [];
  for (let i = 0; i < list.length; i++) {
    const item = copyOf(list[i], depth);
    if (item === undefined) return undefined;
    copy.push(item);
  }
  return copy;
}

function copyOfObject(object: { readonly [field: string]: unknown }, depth: number): unknown {
  const copies: [string, unknown][] = [];
  for (const field of Object.getOwnPropertyNames(object)) {
    const value = object[field];
    const copy = copyOf(value, depth);
    if (value !== undefined && copy === undefined) return undefined;
    copies.push([field, copy]);
  }
  return Object.fromEntries(copies);
}
