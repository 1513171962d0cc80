import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import {
  backend,
  engine,
  findBackendFactory,
  getBackend,
  registerBackend,
  removeBackend,
  setBackend,
  type Tensor,
  version_core,
} from '@tensorflow/tfjs-core';
import { show } from '../check.js';
import { resolveAll, type TensorRange, tensorRange } from '../framework/tensors.js';
import { checkMembers, checkVersion } from '../framework/version.js';

const TFJS = { name: 'tfjs', version: version_core, tested: ['4.22'] };
/** Higher than those of tfjs's other backends, as tfjs registers it itself. */
const PRIORITY = 3;

/** What is used of tfjs's webgpu backend that its documentation does not name. */
const MEMBERS = [
  'device',
  'tensorMap',
  'uploadToGPU',
  'ensureCommandEncoderReady',
  'endComputePassEncoder',
  'submitQueue',
] as const;

/** tfjs's webgpu backend, which must be its current one. */
export function webgpuBackend(call: string): WebGPUBackend {
  checkVersion('webgpu-noise/tfjs', TFJS);
  const name = getBackend();
  if (name !== 'webgpu') {
    throw new Error(`${call}: tfjs must run on its webgpu backend, got ${show(name)}`);
  }
  const current = backend();
  checkMembers(call, TFJS, 'the webgpu backend', current, MEMBERS);
  return current as WebGPUBackend;
}

/**
 * The device of tfjs's webgpu backend, which must be its current one.
 *
 * @throws {Error} when another backend is, or none yet
 */
export function getDevice(): GPUDevice {
  return webgpuBackend('getDevice').device;
}

/**
 * Makes tfjs run on this device. To be called before there are tensors on its webgpu backend: they
 * would be lost.
 *
 * @throws {TypeError | Error} when the device is none, or tfjs cannot be moved to it
 */
export async function setDevice(device: GPUDevice): Promise<void> {
  const call = 'setDevice';
  checkVersion('webgpu-noise/tfjs', TFJS);
  if (typeof device?.createComputePipeline !== 'function') {
    throw new TypeError(`${call}: device must be a GPUDevice, got ${show(device)}`);
  }
  // findBackend would start a backend of tfjs's own, which would then take the place of this one.
  const current = engine().registry.webgpu as WebGPUBackend | undefined;
  if (current?.device !== device) {
    const tensors = current?.numDataIds() ?? 0;
    if (tensors > 0) {
      throw new Error(
        `${call}: tfjs must have no tensors on its webgpu backend yet, which would be lost, got ` +
          `${tensors}`,
      );
    }
    if (findBackendFactory('webgpu')) removeBackend('webgpu');
    registerBackend('webgpu', () => new WebGPUBackend(device, device.adapterInfo), PRIORITY);
  }
  if (await setBackend('webgpu')) return;
  throw new Error(
    `${call}: tfjs must be able to start its webgpu backend, got a failure: see its warning; it ` +
      'needs navigator.gpu',
  );
}

/**
 * Submits what tfjs has recorded so far, so that it comes before what is submitted next. The order of
 * the three matters.
 */
export function flush(webgpu: WebGPUBackend): void {
  webgpu.ensureCommandEncoderReady();
  webgpu.endComputePassEncoder();
  webgpu.submitQueue();
}

/** The range of a tensor on the GPU, where it is moved if tfjs has not done so yet. */
export function onGPU(webgpu: WebGPUBackend, { dataId, shape }: Pick<Tensor, 'dataId' | 'shape'>) {
  webgpu.uploadToGPU(dataId);
  return tensorRange(webgpu.tensorMap.get(dataId).resource as GPUBuffer, shape);
}

/**
 * The elements of float32 tensors on tfjs's webgpu backend, for the next run: tfjs moves tensors from
 * buffer to buffer, so ask again for each. Submits what tfjs has recorded so far, and makes tfjs forget
 * the copies that `data()` has left on the CPU; a `data()` still awaited may leave another.
 *
 * @returns one range for a tensor; for a list, a list in which tensors of the same data are one
 * @throws {TypeError | Error} for a tensor that is disposed, of another dtype, or on another backend
 */
export function targets(tensors: Tensor): TensorRange;
export function targets(tensors: readonly Tensor[]): TensorRange[];
export function targets(tensors: Tensor | readonly Tensor[]): TensorRange | TensorRange[] {
  const call = 'targets';
  const webgpu = webgpuBackend(call);
  const list: readonly Tensor[] = Array.isArray(tensors) ? tensors : [tensors];
  const found = resolveAll(tensors, (field, tensor) => {
    checkTensor(call, field, tensor, webgpu);
    return onGPU(webgpu, tensor);
  });
  flush(webgpu);
  for (const { dataId } of list) webgpu.tensorMap.get(dataId).values = null!;
  return found;
}

function checkTensor(call: string, field: string, tensor: Tensor, webgpu: WebGPUBackend): void {
  if (typeof tensor?.dataId !== 'object') {
    throw new TypeError(`${call}: ${field} must be a tensor of tfjs, got ${show(tensor)}`);
  }
  if (tensor.isDisposed) {
    throw new TypeError(
      `${call}: ${field} must not be disposed, got one of shape [${tensor.shape}]`,
    );
  }
  if (tensor.dtype !== 'float32') {
    throw new TypeError(`${call}: ${field} must be of dtype float32, got ${tensor.dtype}`);
  }
  if (!webgpu.tensorMap.has(tensor.dataId)) {
    throw new TypeError(
      `${call}: ${field} must be on tfjs's webgpu backend, got one that was made on another`,
    );
  }
}
