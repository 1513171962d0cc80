import type { Bound } from './bindings.js';
import { gpuBuffers, isBuffer } from './buffer.js';
import { show } from './check.js';
import { spreadSamples } from './draws.js';
import { formats } from './format.js';
import type { Indices } from './indices.js';
import { indicesOf, type VaryingParameter, valuesOf } from './parameter.js';
import type { Part } from './params.js';
import { pieces } from './pieces.js';
import { workgroupOf } from './pipeline.js';
import { type Plan, parameterName } from './plan.js';
import type { Tables } from './tables.js';
import type { ResolvedTarget } from './target.js';
import { placed, resolveTargets } from './targets.js';

/** A piece of a run, and all that its dispatch needs. */
export interface JobPart extends Part, ResolvedTarget<GPUBuffer> {
  /** The numbers of the parameters that vary. */
  readonly numbers: Bound['varying'];
}

/** What a run does, checked and cut into pieces that the device can do, not yet recorded. */
export interface Job {
  readonly parts: readonly JobPart[];
  /** Samples that it draws. */
  readonly drawn: bigint;
}

/**
 * Checks what a chain is asked to do, and cuts it.
 *
 * @throws {TypeError | RangeError} naming the call, the field and the value
 */
export function prepareJob(
  call: string,
  plan: Plan,
  targets: unknown,
  device: GPUDevice,
  tables: Tables,
): Job {
  const { bytes } = formats[plan.format];
  const resolved = resolveTargets(call, targets, gpuBuffers(bytes, 'STORAGE'));
  const ranges = placed(resolved);
  const written = new Set(ranges.map(({ buffer }) => buffer));
  const { samples, drawn } = spreadSamples(call, plan, ranges);
  const parts = resolved.flatMap(({ target, source }, index): JobPart[] => {
    const range = ranges[index]!;
    const varying = plan.varying.map((p) => indicesOf(call, parameterName(plan, p), p, range));
    const numbers = plan.varying.map((p, i) =>
      numbersOf(call, parameterName(plan, p), p, varying[i]!, written, device, tables),
    );
    // A chain that fills reads nothing, so it needs no source.
    const used = plan.fills || !source ? { target } : { target, source };
    const run = { ...used, varying, numbers, samples: samples[index]! };
    return pieces(used, bytes, workgroupOf(device), device.limits).map((piece) => ({
      ...run,
      piece,
    }));
  });
  return { parts, drawn };
}

/** The buffer of a parameter's numbers, which a kernel must be able to read beside what is written. */
function numbersOf(
  call: string,
  name: string,
  parameter: VaryingParameter,
  { count }: Indices,
  written: ReadonlySet<GPUBuffer>,
  { limits }: GPUDevice,
  tables: Tables,
) {
  const values = valuesOf(parameter);
  const buffer = Array.isArray(values) ? tables.of(values) : values;
  if (!isBuffer(buffer)) {
    throw new TypeError(`${call}: ${name} must be in a GPUBuffer, got ${show(buffer)}`);
  }
  gpuBuffers(4, 'STORAGE').check(call, name, buffer);
  if (written.has(buffer)) {
    throw new TypeError(`${call}: ${name} must not be in a target's buffer, got the same`);
  }
  const size = 4 * count;
  const { maxStorageBufferBindingSize: limit } = limits;
  if (size <= limit) return { buffer, size };
  throw new RangeError(`${call}: ${name} must be at most ${limit} bytes, got ${size}`);
}
