import { Tensor } from 'onnxruntime-web/webgpu';
import { isBuffer } from '../buffer.js';
import { choice, pick, show } from '../check.js';
import { checkBytes, checkDevice } from '../framework/device.js';
import {
  checkTensor,
  resolveAll,
  type TensorOptions,
  type TensorRange,
  type TensorRanges,
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

type TensorType = keyof typeof BYTES;

/** ONNX Runtime's kernels read and write whole vectors of four words. */
const VECTOR = 16;

const padded = (bytes: number) => Math.max(VECTOR, Math.ceil(bytes / VECTOR) * VECTOR);

/**
 * A tensor in a new buffer of the device, as long as ONNX Runtime needs it, and zero. `dispose()`
 * destroys the buffer. Where the device has no memory for it, it says so in an `uncapturederror`.
 *
 * @param type "float32", "float16", "uint8" or "uint32"
 * @throws {TypeError | RangeError} when the device is none, or type or dims are wrong
 */
export function createTensor<T extends TensorType>(
  device: GPUDevice,
  type: T,
  dims: readonly number[],
) {
  const call = 'createTensor';
  checkRuntime();
  checkDevice(call, device);
  const bytes = BYTES[choice(call, 'type', type, Object.keys(BYTES) as T[])];
  const shape = checkShape(call, 'dims', dims, 0);
  const size = padded(product(shape) * bytes);
  checkBytes(call, 'dims', size, device);
  const buffer = device.createBuffer({
    label: `webgpu-noise ${type} tensor`,
    size,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  });
  return Tensor.fromGpuBuffer(buffer, {
    dataType: type,
    dims: [...shape],
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
export function targets<T extends Tensor | readonly Tensor[]>(
  tensors: T,
  options: TensorOptions<keyof typeof TYPES> = {},
): TensorRanges<T> {
  const call = 'targets';
  checkRuntime();
  const wanted = typeOf(call, options, TYPES);
  return resolveAll(call, tensors, (field, tensor) => rangeOf(call, field, tensor, wanted));
}

function rangeOf(call: string, field: string, tensor: unknown, wanted: TensorType): TensorRange {
  const { location, type, dims } = pick(call, field, tensor, ['location', 'type', 'dims']);
  if (typeof location !== 'string') {
    throw new TypeError(`${call}: ${field} must be a tensor of ONNX Runtime, got ${show(tensor)}`);
  }
  checkTensor(call, field, location === 'none', type, wanted);
  if (location !== 'gpu-buffer') {
    throw new TypeError(
      `${call}: ${field} must be on the GPU, got location ${show(location)}, where getData() moves ` +
        'it, too',
    );
  }
  const sizes = checkShape(call, `${field}.dims`, dims, 0);
  const { gpuBuffer } = pick(call, field, tensor, ['gpuBuffer']);
  if (!isBuffer(gpuBuffer)) {
    throw new TypeError(`${call}: ${field} must be in a GPUBuffer, got ${show(gpuBuffer)}`);
  }
  const size = padded(product(sizes) * BYTES[wanted]);
  if (gpuBuffer.size >= size) return tensorRange(gpuBuffer, sizes);
  throw new RangeError(
    `${call}: ${field} must be in a buffer of at least ${size} bytes, which ONNX Runtime reads and ` +
      `writes, got ${gpuBuffer.size}`,
  );
}
