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
import { checkDevice } from '../framework/device.js';
import { type TensorRange, tensorRange } from '../framework/tensors.js';
import { checkVersion, membersOf } from '../framework/version.js';

const TFJS = {
  entry: 'webgpu-noise/tfjs',
  name: 'tfjs',
  version: version_core,
  tested: ['4.22'],
};

/** That with which tfjs registers it. */
const PRIORITY = 3;

/** What is used of tfjs's webgpu backend that its documentation does not name. */
const MEMBERS = [
  'device',
  'tensorMap',
  'makeTensorInfo',
  'uploadToGPU',
  'ensureCommandEncoderReady',
  'endComputePassEncoder',
  'submitQueue',
];

/** tfjs's webgpu backend, which must be its current one. */
export function webgpuBackend(call: string): WebGPUBackend {
  checkVersion(TFJS);
  const name = getBackend();
  if (name !== 'webgpu') {
    throw new Error(`${call}: tfjs must run on its webgpu backend, got ${show(name)}`);
  }
  const current = backend();
  membersOf(call, TFJS, 'the webgpu backend', current, MEMBERS);
  return current as WebGPUBackend;
}

/**
 * The device of tfjs's webgpu backend, which must be its current one.
 *
 * @throws {Error} when it is another, or none yet
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
  checkVersion(TFJS);
  checkDevice(call, device);
  // findBackend would start a backend of tfjs's own, which would then take the place of this one.
  const current = engine().registry.webgpu as WebGPUBackend | undefined;
  if (current?.device !== device) {
    const tensors = current?.numDataIds() ?? 0;
    if (tensors > 0) {
      throw new Error(
        `${call}: tfjs must have no tensors on its webgpu backend, where they would be lost, got ` +
          `${tensors}`,
      );
    }
    if (findBackendFactory('webgpu')) removeBackend('webgpu');
    registerBackend('webgpu', () => new WebGPUBackend(device, device.adapterInfo), PRIORITY);
  }
  if (await setBackend('webgpu')) return;
  throw new Error(
    `${call}: tfjs must be able to start its webgpu backend, got a failure of which it has warned; ` +
      'it needs navigator.gpu',
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
export function rangeOf(
  webgpu: WebGPUBackend,
  { dataId, shape }: { readonly dataId: object; readonly shape: readonly number[] },
): TensorRange {
  webgpu.uploadToGPU(dataId);
  return tensorRange(webgpu.tensorMap.get(dataId).resource as GPUBuffer, shape);
}

/** A new tensor of which `write` writes all elements, after what tfjs has recorded so far. */
export function makeTensor(
  webgpu: WebGPUBackend,
  shape: number[],
  write: (range: TensorRange) => unknown,
): Tensor {
  const tensor = engine().makeTensorFromTensorInfo(webgpu.makeTensorInfo(shape, 'float32'));
  try {
    const range = rangeOf(webgpu, tensor);
    flush(webgpu);
    write(range);
    return tensor;
  } catch (error) {
    tensor.dispose();
    throw error;
  }
}
