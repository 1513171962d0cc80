// The suite in Node, on Dawn.
import { createRequire } from 'node:module';
import * as library from '../dist/index.js';
import { requestDevice, setPollingInterval } from '../dist/node/index.js';
import { launch } from './launch.mjs';

async function openDevice() {
  const device = await requestDevice({ requiredFeatures: [] });
  // A software adapter would have to share its cores with Dawn, which asks whether it is done.
  if (device.adapterInfo.isFallbackAdapter) setPollingInterval(1);
  const { create } = await import('webgpu');
  // Where the yardsticks look for WebGPU. The driver that requestDevice has chosen is theirs, too.
  globalThis.navigator ??= { userAgent: `Node.js/${process.versions.node}` };
  const gpu = create([]);
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  const timed = 'timestamp-query';
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter.features.has(timed)) return device;
  device.destroy();
  return requestDevice({ requiredFeatures: [timed] });
}

const { version } = createRequire(import.meta.url)('webgpu/package.json');
await launch({
  library,
  runtime: 'node',
  versions: `Node ${process.versions.node}, Dawn (webgpu ${version})`,
  openDevice,
});
