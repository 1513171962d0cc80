import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Tensor } from '@tensorflow/tfjs-core';
import { show } from '../check.js';
import { checkType, resolveAll, type TensorRange } from '../framework/tensors.js';
import { flush, rangeOf, webgpuBackend } from './backend.js';

/**
 * The elements of float32 tensors on tfjs's webgpu backend, for the next run. tfjs moves tensors from
 * buffer to buffer, a variable at each step of training: ask again for each run. Submits what tfjs has
 * recorded so far, and makes tfjs forget copies of the tensors on the CPU; await any `data()` of them
 * before, which would keep another.
 *
 * @returns one range for a tensor; for a list, a list in which tensors of the same data are one
 * @throws {TypeError | Error} for a tensor that is disposed, of another dtype, or on another backend
 */
export function targets(tensors: Tensor): TensorRange;
export function targets(tensors: readonly Tensor[]): TensorRange[];
export function targets(tensors: Tensor | readonly Tensor[]): TensorRange | TensorRange[] {
  const call = 'targets';
  const webgpu = webgpuBackend(call);
  const found = resolveAll(tensors, (field, tensor) => {
    checkTensor(call, field, tensor, webgpu);
    const range = rangeOf(webgpu, tensor);
    webgpu.tensorMap.get(tensor.dataId).values = null!;
    return range;
  });
  flush(webgpu);
  return found;
}

function checkTensor(call: string, field: string, tensor: Tensor, webgpu: WebGPUBackend): void {
  if (typeof tensor?.dataId !== 'object') {
    throw new TypeError(`${call}: ${field} must be a tensor of tfjs, got ${show(tensor)}`);
  }
  if (tensor.isDisposed) {
    throw new TypeError(`${call}: ${field} must not be disposed, got one that is`);
  }
  checkType(call, field, tensor.dtype, 'float32');
  if (!webgpu.tensorMap.has(tensor.dataId)) {
    throw new TypeError(
      `${call}: ${field} must be on tfjs's webgpu backend, got one that was made on another`,
    );
  }
  const { dtype } = webgpu.tensorMap.get(tensor.dataId);
  if (dtype === 'float32') return;
  throw new TypeError(
    `${call}: ${field} must be stored as float32, got ${dtype}, which tf.cast leaves as it is: take ` +
      'tf.mul(tensor, 1)',
  );
}
