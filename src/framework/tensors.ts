import { choice, fields, isArray, items, show } from '../check.js';
import type { Format } from '../format.js';
import { product } from '../indices.js';

/** All elements of a tensor of a framework, as `run`, `perturb` and `read` take them. */
export interface TensorRange {
  readonly buffer: GPUBuffer;
  /** Elements of the tensor; the buffer may be longer. */
  readonly count: number;
  readonly shape: readonly number[];
}

/** A tensor's elements from the start of its buffer. A scalar has the shape [1]. */
export function tensorRange(buffer: GPUBuffer, shape: readonly number[]): TensorRange {
  return { buffer, count: product(shape), shape: shape.length > 0 ? [...shape] : [1] };
}

/** One range for a tensor, a list of them for a list. */
export type TensorRanges<T> = T extends readonly unknown[] ? TensorRange[] : TensorRange;

/**
 * Resolves one tensor to one range, or a list to a list. Tensors that share a buffer are in the list
 * once, as the longest of them, at the place of the first: else they would be noised twice.
 *
 * @param resolve is told what messages call the tensor
 */
export function resolveAll<T>(
  call: string,
  tensors: T,
  resolve: (field: string, tensor: unknown) => TensorRange,
): TensorRanges<T> {
  if (!isArray(tensors)) return resolve('tensor', tensors) as TensorRanges<T>;
  const ranges = new Map<GPUBuffer, TensorRange>();
  items(call, 'tensors', tensors, (tensor, index) => {
    const range = resolve(`tensors[${index}]`, tensor);
    const known = ranges.get(range.buffer);
    if (!known || known.count < range.count) ranges.set(range.buffer, range);
  });
  return [...ranges.values()] as TensorRanges<T>;
}

/** What an adapter asks of tensors: the format that the chain has which they go to. */
export interface TensorOptions<F extends Format> {
  /** Default: 'f32'. */
  readonly format?: F;
}

/** The framework's name for the elements of a format. */
export function typeOf<F extends Format, T extends string>(
  call: string,
  options: TensorOptions<F>,
  types: Readonly<Record<F, T>>,
): T {
  const { format = 'f32' } = fields(call, options, ['format']);
  return types[choice(call, 'format', format, Object.keys(types) as F[])];
}

/** Checks that a tensor is still there, and the type of its elements. */
export function checkTensor(
  call: string,
  field: string,
  isDisposed: boolean,
  type: unknown,
  wanted: string,
): void {
  if (isDisposed) throw new TypeError(`${call}: ${field} must not be disposed, got one that is`);
  if (type === wanted) return;
  throw new TypeError(`${call}: ${field} must have elements of ${wanted}, got ${show(type)}`);
}
