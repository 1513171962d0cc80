import { requestDevice } from 'webgpu-noise/node';

/**
 * A device for recipes in Node, and `navigator.gpu` beside it, which frameworks look for when they are
 * imported. It has timestamps where the adapter has them.
 */
export async function openDevice(): Promise<GPUDevice> {
  const device = await requestDevice();
  const { create } = await import('webgpu');
  const gpu = create([]);
  globalThis.navigator ??= {} as Navigator;
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter?.features.has('timestamp-query')) return device;
  device.destroy();
  return requestDevice({ requiredFeatures: ['timestamp-query'] });
}
