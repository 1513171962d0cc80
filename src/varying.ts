import type { Numbers } from './bindings.js';
import { gpuBuffers, isBuffer } from './buffer.js';
import { show } from './check.js';
import type { Indices } from './indices.js';
import { type Elements, type GivenParameter, indicesOf, valuesOf } from './parameter.js';
import { parameterName, type Stage } from './plan.js';
import type { Partials } from './reduce/partials.js';
import type { Measured } from './reduce/statistic.js';
import { isStatistic } from './statistic.js';
import type { Tables } from './tables.js';

/** What finding the numbers of parameters needs of its engine. */
export interface VaryingHost {
  readonly device: GPUDevice;
  readonly tables: Tables;
  readonly partials: Partials;
}

/** Where the parameters that vary have their numbers for a target. */
export function varyingOf(
  call: string,
  stage: Stage,
  elements: Elements,
  measured: Measured | undefined,
  written: ReadonlySet<WeakKey>,
  host: VaryingHost,
): { readonly indices: Indices; readonly numbers: Numbers }[] {
  return stage.varying.map((parameter) => {
    const name = parameterName(stage, parameter);
    const indices = indicesOf(call, name, parameter, elements);
    if (isStatistic(parameter.value)) {
      const { base, groups } = measured!;
      const buffer = host.partials.reserve(base + groups.count).values;
      return { indices: { ...indices, base }, numbers: { buffer, size: buffer.size } };
    }
    const numbers = numbersOf(call, name, parameter as GivenParameter, indices, written, host);
    return { indices, numbers };
  });
}

/** The buffer of a parameter's numbers, which a kernel must be able to read beside what is written. */
function numbersOf(
  call: string,
  name: string,
  parameter: GivenParameter,
  { count }: Indices,
  written: ReadonlySet<WeakKey>,
  { device, tables }: VaryingHost,
): Numbers {
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
  const { maxStorageBufferBindingSize: limit } = device.limits;
  if (size <= limit) return { buffer, size };
  throw new RangeError(`${call}: ${name} must be at most ${limit} bytes, got ${size}`);
}
