import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Tensor } from '@tensorflow/tfjs-core';
import { pick, show } from '../check.js';
import { checkTensor, resolveAll, type TensorRanges } from '../framework/tensors.js';
import { checkShape } from '../target.js';
import { flush, rangeOf, webgpuBackend } from './backend.js';

/** What is read of a tensor. */
const FIELDS = ['dataId', 'isDisposed', 'dtype', 'shape'] as const;

/**
 * The elements of float32 tensors on tfjs's webgpu backend, for the next run. tfjs moves tensors from
 * buffer to buffer, a variable at each step of training: ask again for each run. Submits what tfjs has
 * recorded so far, and makes tfjs forget copies of the tensors on the CPU; await any `data()` of them
 * before, which would keep another.
 *
 * @returns one range for a tensor; for a list, a list in which tensors of the same data are one
 * @throws {TypeError | RangeError | Error} for a tensor that is disposed, of another dtype, or on
 * another backend
 */
export function targets<T extends Tensor | readonly Tensor[]>(tensors: T): TensorRanges<T> {
  const call = 'targets';
  const webgpu = webgpuBackend(call);
  const found = resolveAll(call, tensors, (field, tensor) => {
    const checked = checkedTensor(call, field, tensor, webgpu);
    const range = rangeOf(webgpu, checked);
    webgpu.tensorMap.get(checked.dataId).values = null!;
    return range;
  });
  flush(webgpu);
  return found;
}

function checkedTensor(call: string, field: string, tensor: unknown, { tensorMap }: WebGPUBackend) {
  const { dataId, isDisposed, dtype, shape } = pick(call, field, tensor, FIELDS);
  if (typeof dataId !== 'object' || dataId === null) {
    throw new TypeError(`${call}: ${field} must be a tensor of tfjs, got ${show(tensor)}`);
  }
  checkTensor(call, field, Boolean(isDisposed), dtype, 'float32');
  const sizes = checkShape(call, `${field}.shape`, shape, 0);
  if (!tensorMap.has(dataId)) {
    throw new TypeError(
      `${call}: ${field} must be on tfjs's webgpu backend, got one that was made on another`,
    );
  }
  const { dtype: stored } = tensorMap.get(dataId);
  if (stored === 'float32') return { dataId, shape: sizes };
  throw new TypeError(
    `${call}: ${field} must be stored as float32, got ${stored}, which tf.cast leaves as it is: take ` +
      'tf.mul(tensor, 1)',
  );
}
