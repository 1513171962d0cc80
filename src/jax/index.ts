import { getWebGPUDevice, Array as JaxArray } from '@jax-js/jax';
import { show } from '../check.js';
import {
  checkType,
  resolveAll,
  type TensorOptions,
  type TensorRange,
  tensorRange,
  typeOf,
} from '../framework/tensors.js';
import { checkMembers } from '../framework/version.js';

export type { TensorOptions, TensorRange };

/** jax-js does not tell its version: what is used of it is checked to be there. */
const JAX = { entry: 'webgpu-noise/jax', name: 'jax-js', version: undefined, tested: ['0.1.25'] };
const MEMBERS = ['refCount', 'device', 'dtype', 'shape', 'gpuBufferSync'];

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
 * @throws {TypeError | Error} for an array that is disposed, traced, on another backend, or of another
 * dtype than the format
 */
export function targets(arrays: JaxArray, options?: TensorOptions<keyof typeof TYPES>): TensorRange;
export function targets(
  arrays: readonly JaxArray[],
  options?: TensorOptions<keyof typeof TYPES>,
): TensorRange[];
export function targets(
  arrays: JaxArray | readonly JaxArray[],
  options: TensorOptions<keyof typeof TYPES> = {},
): TensorRange | TensorRange[] {
  const call = 'targets';
  const wanted = typeOf(call, options, TYPES);
  return resolveAll(arrays, (field, array) => {
    checkArray(call, field, array);
    checkType(call, field, array.dtype, wanted);
    return tensorRange(array.ref.gpuBufferSync(), array.shape);
  });
}

function checkArray(call: string, field: string, array: JaxArray): void {
  if (!(array instanceof JaxArray)) {
    throw new TypeError(
      `${call}: ${field} must be an array of jax-js, outside of what it traces, got ${show(array)}`,
    );
  }
  checkMembers(call, JAX, 'an array', array, MEMBERS);
  if (array.refCount <= 0) {
    throw new TypeError(`${call}: ${field} must not be disposed, got one that is`);
  }
  if (array.device === 'webgpu') return;
  throw new TypeError(
    `${call}: ${field} must be on the webgpu backend of jax-js, got ${show(array.device)}`,
  );
}
