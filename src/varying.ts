import type { Numbers } from './bindings.js';
import { gpuBuffers, isBuffer } from './buffer.js';
import { show } from './check.js';
import type { Indices } from './indices.js';
import { type Elements, type GivenParameter, indicesOf, isNumbers, valuesOf } from './parameter.js';
import { bindSource, NUMBER_BYTES, type Piece } from './pieces.js';
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

/** Where a parameter that varies has its numbers, and which of them belongs to which element. */
export interface Varying {
  readonly indices: Indices;
  readonly numbers: Numbers;
  /** Whether each element has one of its own. */
  readonly each: boolean;
}

/** Whether a stage has parameters with a number for each element. */
export function hasNumbers({ varying }: Stage): boolean {
  return varying.some(({ value }) => isNumbers(value));
}

/** Of numbers for each element only those of a piece are bound: all may be more than a device binds. */
export function varyingOfPiece(varying: Varying, { first, begin, end }: Piece): Varying {
  if (!varying.each) return varying;
  const { indices, numbers } = varying;
  const { binding } = bindSource((indices.first ?? 0) + first, end - begin, NUMBER_BYTES);
  return {
    ...varying,
    indices: { ...indices, base: -binding.offset / NUMBER_BYTES },
    numbers: { buffer: numbers.buffer, ...binding },
  };
}

/** Where the parameters that vary have their numbers for a target. */
export function varyingOf(
  call: string,
  stage: Stage,
  elements: Elements,
  measured: Measured | undefined,
  written: ReadonlySet<WeakKey>,
  host: VaryingHost,
): Varying[] {
  return stage.varying.map((parameter) => {
    const name = parameterName(stage, parameter);
    const indices = indicesOf(call, name, parameter, elements);
    if (isStatistic(parameter.value)) {
      const { base, groups } = measured!;
      const buffer = host.partials.reserve(base + groups.count).values;
      const numbers = { buffer, size: buffer.size };
      return { indices: { ...indices, base }, numbers, each: false };
    }
    const each = isNumbers(parameter.value);
    const numbers = numbersOf(call, name, parameter as GivenParameter, indices, written, host);
    return { indices, numbers, each };
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
  const size = NUMBER_BYTES * count;
  const { maxStorageBufferBindingSize: limit } = device.limits;
  if (isNumbers(parameter.value) || size <= limit) return { buffer, size };
  throw new RangeError(`${call}: ${name} must be at most ${limit} bytes, got ${size}`);
}
