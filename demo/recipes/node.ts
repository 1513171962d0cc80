import { requestDevice } from 'webgpu-noise/node';

/**
 * A device for recipes in Node, and `navigator.gpu` beside it, which frameworks look for when they are
 * imported. It has timestamps where the adapter has them.
 */
export async function openDevice(): Promise<GPUDevice> {
  const device = await requestDevice();
  takeSharedMemory();
  const { create } = await import('webgpu');
  const gpu = create([]);
  globalThis.navigator ??= {} as Navigator;
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter?.features.has('timestamp-query')) return device;
  device.destroy();
  return requestDevice({ requiredFeatures: ['timestamp-query'] });
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
