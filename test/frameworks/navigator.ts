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
