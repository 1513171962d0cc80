import { show } from '../check.js';
import type { NoiseEngine } from '../engine.js';
import { product } from '../indices.js';

/** All elements of a tensor of a framework, as `run`, `perturb` and `read` take them. */
export interface TensorRange {
  readonly buffer: GPUBuffer;
  /** Elements of the tensor; the buffer may be longer. */
  readonly count: number;
  readonly shape: readonly number[];
}

/** A tensor's elements from the start of its buffer. A scalar has the shape [1], since none is empty. */
export function tensorRange(buffer: GPUBuffer, shape: readonly number[]): TensorRange {
  return { buffer, count: product(shape), shape: shape.length > 0 ? [...shape] : [1] };
}

/**
 * Resolves one tensor to one range, or a list to a list. Tensors that share a buffer are in the list
 * once, as the longest of them, at the place of the first.
 *
 * @param resolve is told what messages call the tensor
 */
export function resolveAll<T>(
  tensors: T | readonly T[],
  resolve: (field: string, tensor: T) => TensorRange,
): TensorRange | TensorRange[] {
  if (!Array.isArray(tensors)) return resolve('tensor', tensors as T);
  const ranges = new Map<GPUBuffer, TensorRange>();
  for (const [index, tensor] of tensors.entries()) {
    const range = resolve(`tensors[${index}]`, tensor);
    const known = ranges.get(range.buffer);
    if (!known || known.count < range.count) ranges.set(range.buffer, range);
  }
  return [...ranges.values()];
}

/** Checks that an engine draws on the device of a framework. */
export function checkEngine(call: string, engine: NoiseEngine, device: GPUDevice, of: string) {
  if (typeof engine?.chain !== 'function') {
    throw new TypeError(`${call}: engine must be a noise engine, got ${show(engine)}`);
  }
  if (engine.device === device) return;
  throw new TypeError(
    `${call}: engine must be on the device of ${of}, got one on another: make it with ` +
      'createNoiseEngine(getDevice())',
  );
}
