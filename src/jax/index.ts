import { getWebGPUDevice, Array as JaxArray } from '@jax-js/jax';
import { isA, show } from '../check.js';
import {
  checkTensor,
  resolveAll,
  type TensorOptions,
  type TensorRange,
  type TensorRanges,
  tensorRange,
  typeOf,
} from '../framework/tensors.js';
import { membersOf } from '../framework/version.js';
import { checkShape } from '../target.js';

export type { TensorOptions, TensorRange, TensorRanges };

/** jax-js does not tell its version: what is used of it is checked to be there. */
const JAX = { entry: 'webgpu-noise/jax', name: 'jax-js', version: undefined, tested: ['0.1.25'] };
const MEMBERS = ['refCount', 'device', 'dtype', 'shape', 'gpuBufferSync'] as const;

/** The formats of chains that have a type of arrays, by its name in jax-js. */
const TYPES = { f32: 'float32', f16: 'float16', u32: 'uint32' } as const;

/**
 * The device that jax-js runs on. It cannot be given another.
 *
 * @throws {Error} when jax-js has not been initialised with its webgpu backend
 */
export function getDevice(): GPUDevice {
  try {
    return getWebGPUDevice();
  } catch (cause) {
    throw new Error("getDevice: jax-js must be initialised by init('webgpu'), got no device", {
      cause,
    });
  }
}

/**
 * The elements of arrays on jax-js's webgpu backend, for the next run. The arrays stay the caller's: no
 * reference is used up. Does what jax-js has put off for them; other arrays that were made of them, but
 * not computed yet, see what is written.
 *
 * @param options `format`, that of the chain (default 'f32')
 * @returns one range for an array; for a list, a list in which arrays of the same buffer are one
 * @throws {TypeError | RangeError | Error} for an array that is disposed, traced, on another backend, or
 * of another dtype than the format
 */
export function targets<T extends JaxArray | readonly JaxArray[]>(
  arrays: T,
  options: TensorOptions<keyof typeof TYPES> = {},
): TensorRanges<T> {
  const call = 'targets';
  const wanted = typeOf(call, options, TYPES);
  return resolveAll(call, arrays, (field, array) => rangeOf(call, field, array, wanted));
}

function rangeOf(call: string, field: string, array: unknown, wanted: string): TensorRange {
  if (!isA(array, JaxArray)) {
    throw new TypeError(
      `${call}: ${field} must be an array of jax-js, outside of what it traces, got ${show(array)}`,
    );
  }
  const { refCount, device, dtype, shape } = membersOf(call, JAX, 'an array', array, MEMBERS);
  const isDisposed = !(typeof refCount === 'number' && refCount > 0);
  checkTensor(call, field, isDisposed, dtype, wanted);
  if (device !== 'webgpu') {
    throw new TypeError(
      `${call}: ${field} must be on the webgpu backend of jax-js, got ${show(device)}`,
    );
  }
  const sizes = checkShape(call, `${field}.shape`, shape, 0);
  const counted = array.ref;
  try {
    return tensorRange(counted.gpuBufferSync(), sizes);
  } catch (error) {
    counted.dispose();
    throw error;
  }
}
