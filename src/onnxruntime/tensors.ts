import { Tensor } from 'onnxruntime-web/webgpu';
import { choice, show } from '../check.js';
import { checkDevice } from '../framework/device.js';
import {
  checkType,
  resolveAll,
  type TensorOptions,
  type TensorRange,
  tensorRange,
  typeOf,
} from '../framework/tensors.js';
import { product } from '../indices.js';
import { checkShape } from '../target.js';
import { checkRuntime } from './session.js';

/** The formats of chains that have a type of tensors, by its name in ONNX Runtime. */
const TYPES = {
  f32: 'float32',
  f16: 'float16',
  u8: 'uint8',
  unorm8: 'uint8',
  u32: 'uint32',
} as const;

/** Bytes per element. */
const BYTES = { float32: 4, float16: 2, uint8: 1, uint32: 4 } as const;

/** ONNX Runtime's kernels read and write whole vectors of four words. */
const VECTOR = 16;

const padded = (bytes: number) => Math.max(VECTOR, Math.ceil(bytes / VECTOR) * VECTOR);

/**
 * A tensor in a new buffer of the device, as long as ONNX Runtime needs it, and zero. `dispose()`
 * destroys the buffer.
 *
 * @param type "float32", "float16", "uint8" or "uint32"
 * @throws {TypeError | RangeError} when the device is none, or type or dims are wrong
 */
export function createTensor<T extends keyof typeof BYTES>(
  device: GPUDevice,
  type: T,
  dims: readonly number[],
) {
  const call = 'createTensor';
  checkRuntime();
  checkDevice(call, device);
  const bytes = BYTES[choice(call, 'type', type, Object.keys(BYTES) as T[])];
  const shape = dims?.length === 0 ? [] : [...checkShape(call, 'dims', dims)];
  const buffer = device.createBuffer({
    label: `webgpu-noise ${type} tensor`,
    size: padded(product(shape) * bytes),
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  });
  return Tensor.fromGpuBuffer(buffer, {
    dataType: type,
    dims: shape,
    dispose: () => buffer.destroy(),
  });
}

/**
 * The elements of tensors on the GPU, for the next run. Between the call of a session's `run` and its
 * end, leave the tensors that it reads and writes alone.
 *
 * @param options `format`, that of the chain (default 'f32')
 * @returns one range for a tensor; for a list, a list in which tensors in the same buffer are one
 * @throws {TypeError | RangeError} for a tensor that is disposed, not on the GPU, of another type than
 * the format, or in a buffer that ONNX Runtime reads beyond
 */
export function targets(tensors: Tensor, options?: TensorOptions<keyof typeof TYPES>): TensorRange;
export function targets(
  tensors: readonly Tensor[],
  options?: TensorOptions<keyof typeof TYPES>,
): TensorRange[];
export function targets(
  tensors: Tensor | readonly Tensor[],
  options: TensorOptions<keyof typeof TYPES> = {},
): TensorRange | TensorRange[] {
  checkRuntime();
  const wanted = typeOf('targets', options, TYPES);
  return resolveAll(tensors, (field, tensor) => rangeOf('targets', field, tensor, wanted));
}

function rangeOf(call: string, field: string, tensor: Tensor, wanted: string): TensorRange {
  if (typeof tensor?.location !== 'string') {
    throw new TypeError(`${call}: ${field} must be a tensor of ONNX Runtime, got ${show(tensor)}`);
  }
  if (tensor.location === 'none') {
    throw new TypeError(`${call}: ${field} must not be disposed, got one that is`);
  }
  if (tensor.location !== 'gpu-buffer') {
    throw new TypeError(
      `${call}: ${field} must be on the GPU, got location ${show(tensor.location)}, where getData() ` +
        'moves it, too',
    );
  }
  checkType(call, field, tensor.type, wanted);
  const buffer = tensor.gpuBuffer as GPUBuffer;
  const size = padded(tensor.size * BYTES[tensor.type as keyof typeof BYTES]);
  if (buffer.size >= size) return tensorRange(buffer, tensor.dims);
  throw new RangeError(
    `${call}: ${field} must be in a buffer of at least ${size} bytes, which ONNX Runtime reads and ` +
      `writes, got ${buffer.size}`,
  );
}
