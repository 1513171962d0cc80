import { isBuffer } from './buffer.js';
import { fields, isArray, isTyped, items, show } from './check.js';
import { along, eachOf, type Indices, MAX_DIGITS } from './indices.js';
import { isStatistic, type Statistic } from './statistic.js';

/**
 * A number of an op: one for all elements; one for each place along an axis of the target's shape; or
 * one for each element of a run, in their order, in a buffer of f32 with usage STORAGE (on the CPU
 * reference, a Float32Array) that is none of the run's targets. Numbers in buffers are not checked.
 */
export type Parameter = number | PerAxis | GPUBuffer | Float32Array;

/** A parameter, or a number that an op has measured. */
export type OpParameter = Parameter | Statistic;

/** Numbers along an axis; in a buffer they stay on the GPU and may change from run to run. */
export interface PerAxis {
  readonly perAxis: number;
  readonly values: readonly number[] | GPUBuffer;
}

/**
 * A parameter that varies along an axis, such as a standard deviation per sample or per channel.
 *
 * @param axis of the target's `shape`, from 0
 * @param values one number for each place along the axis: a list, which is copied, or f32 in a
 * GPUBuffer with usage STORAGE, which is read when a run is done
 * @throws {TypeError | RangeError} when the axis is not a whole number ≥ 0, or the values are none
 */
export function perAxis(axis: number, values: PerAxis['values'] | Float32Array): PerAxis {
  if (!Number.isInteger(axis) || axis < 0) {
    throw new RangeError(`perAxis: axis must be a whole number ≥ 0, got ${show(axis)}`);
  }
  if (isBuffer(values)) return Object.freeze({ perAxis: axis, values });
  if (!isList(values)) {
    throw new TypeError(
      `perAxis: values must be a list of numbers or a GPUBuffer, got ${show(values)}`,
    );
  }
  const numbers = items('perAxis', 'values', values, (number, i) => {
    if (typeof number === 'number') return number;
    throw new TypeError(`perAxis: values[${i}] must be a number, got ${show(number)}`);
  });
  const made = Object.freeze({ perAxis: axis, values: Object.freeze(numbers) });
  lists.add(made);
  return made;
}

/** What `perAxis` has made of lists: plain values that cannot change. */
const lists = new WeakSet<object>();

/** Whether a value is one that `perAxis` has made of a list. */
export const isChecked = (value: object): boolean => lists.has(value);

/** One number for each element, in memory that others may write to. */
export function isNumbers(value: unknown): value is GPUBuffer | Float32Array {
  return isBuffer(value) || isTyped(value, Float32Array);
}

const isList = (values: unknown): values is readonly unknown[] | Float32Array =>
  isArray(values) || isTyped(values, Float32Array);

/**
 * A checked copy of a parameter.
 *
 * @throws {TypeError | RangeError} what `check` or `perAxis` throws
 */
export function parameter(
  op: string,
  field: string,
  value: unknown,
  check: NumberCheck,
): Parameter {
  if (isNumbers(value)) return value;
  if (typeof value !== 'object' || value === null || isArray(value)) {
    return check(op, field, value);
  }
  const known = checked.get(value)?.get(check);
  if (known) return known;
  const { perAxis: axis, values } = fields(op, value, ['perAxis', 'values'], field);
  const numbers = isList(values)
    ? items(op, `${field}.values`, values, (number, i) =>
        check(op, `${field}.values[${i}]`, number),
      )
    : (values as GPUBuffer);
  const copy = perAxis(axis as number, numbers);
  remember(copy, check, copy);
  if (isFrozen(value) && (isFrozen(values) || !isList(values))) remember(value, check, copy);
  return copy;
}

/** As `Object.isFrozen`, which a proxy may make throw. */
function isFrozen(value: unknown): boolean {
  try {
    return Object.isFrozen(value);
  } catch {
    return false;
  }
}

function remember(given: object, check: NumberCheck, copy: PerAxis): void {
  const copies = checked.get(given) ?? new Map<NumberCheck, PerAxis>();
  checked.set(given, copies.set(check, copy));
}

/** The checked copies of what cannot change any more, so that a list becomes one table, once. */
const checked = new WeakMap<object, Map<NumberCheck, PerAxis>>();

/** A checked copy of one number; `field` is how messages call it. */
type NumberCheck = (op: string, field: string, value: unknown) => number;

/** A parameter that is not one number for all elements, of an op of a chain. */
export interface VaryingParameter {
  /** The op's place in the chain. */
  readonly op: number;
  readonly name: string;
  readonly value: Exclude<OpParameter, number>;
}

/** A parameter whose numbers someone gives. */
export type GivenParameter = VaryingParameter & { readonly value: Exclude<Parameter, number> };

/** The numbers of a parameter that varies. */
export function valuesOf({ value }: GivenParameter): PerAxis['values'] | Float32Array {
  return isNumbers(value) ? value : value.values;
}

/** What a run is asked to do its work on. */
export interface Elements {
  /** What messages call it. Default: target. */
  readonly name?: string | undefined;
  readonly count: number;
  readonly shape?: readonly number[] | undefined;
  /** Elements of the run before these. Default 0. */
  readonly before?: number;
  /** Elements of the whole run. Default: these. */
  readonly total?: number;
}

/**
 * Which of a parameter's numbers belongs to which element of a target.
 *
 * @param name of the op and the parameter, for messages
 * @throws {TypeError | RangeError} when the target has no such axis, or the numbers are not as many
 */
export function indicesOf(
  call: string,
  name: string,
  parameter: VaryingParameter,
  target: Elements,
): Indices {
  const { value } = parameter;
  if (isStatistic(value)) return measuredIndices(call, name, value, target);
  const { count, before = 0, total = count } = target;
  const whole = isNumbers(value);
  const indices = whole
    ? eachOf(total, before)
    : along(...axisOf(call, name, value.perAxis, target));
  const values = whole ? value : value.values;
  const length = isBuffer(values) ? Math.floor(values.size / 4) : values.length;
  if (Array.isArray(values) ? length === indices.count : length >= indices.count) return indices;
  const of = whole ? 'elements of the run' : `axis ${value.perAxis} of ${shapeName(target)}`;
  throw new RangeError(
    `${call}: ${name} must hold ${indices.count} numbers (${of}), got ${length}`,
  );
}

/** Which of the numbers that an op has measured of a target belongs to which element. */
function measuredIndices(
  call: string,
  name: string,
  { axes }: Statistic,
  target: Elements,
): Indices {
  if (!axes) return along([target.count], []);
  return checkDigits(call, name, target, along(target.shape ?? [], axes));
}

/** @throws {RangeError} when there are more digits than a kernel takes */
export function checkDigits(
  call: string,
  name: string,
  target: Elements,
  indices: Indices,
): Indices {
  const { length } = indices.sizes;
  if (length <= MAX_DIGITS) return indices;
  throw new RangeError(
    `${call}: ${name} must leave at most ${MAX_DIGITS} runs of neighbouring axes of ` +
      `${shapeName(target)}, got ${length}`,
  );
}

/** What messages call a target, and its shape. */
export const targetName = ({ name = 'target' }: Pick<Elements, 'name'>): string => name;
export const shapeName = (target: Pick<Elements, 'name'>): string =>
  targetName(target) === 'target' ? "the target's shape" : `the shape of ${target.name}`;

function axisOf(
  call: string,
  name: string,
  axis: number,
  target: Elements,
): [shape: readonly number[], axes: [number]] {
  const { shape } = target;
  if (!shape) {
    throw new TypeError(
      `${call}: ${targetName(target)} must have a shape where ${name} is per axis, got none`,
    );
  }
  if (axis < shape.length) return [shape, [axis]];
  const last = shape.length - 1;
  throw new RangeError(
    `${call}: ${name} must be per axis 0 to ${last} of ${shapeName(target)}, got ${axis}`,
  );
}
