import { requestDevice } from 'webgpu-noise/node';

/**
 * Gives Node the `navigator.gpu` that frameworks look for, on the driver that `requestDevice` chooses.
 * To be awaited before a framework is imported.
 */
export async function defineNavigatorGPU(): Promise<void> {
  (await requestDevice()).destroy();
  const { create } = await import('webgpu');
  const value = { userAgent: `Node.js/${process.versions.node}`, gpu: create([]) };
  Object.defineProperty(globalThis, 'navigator', { value, configurable: true });
}

/**
 * Lets Dawn in Node write to a buffer what lies in shared memory, such as that of ONNX Runtime, as
 * browsers do.
 */
export function takeSharedMemory(): void {
  const { writeBuffer } = GPUQueue.prototype;
  GPUQueue.prototype.writeBuffer = function (buffer, offset, data, ...rest) {
    const shared = data instanceof Uint8Array && data.buffer instanceof SharedArrayBuffer;
    writeBuffer.call(this, buffer, offset, shared ? new Uint8Array(data) : data, ...rest);
  };
}
