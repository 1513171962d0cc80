// The suite in Deno, on wgpu.
import * as library from '../dist/index.js';
import { launch } from './launch.mjs';

async function openDevice() {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('an adapter must be available to wgpu, got none');
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  return adapter.requestDevice({
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
    requiredFeatures: ['timestamp-query'].filter((feature) => adapter.features.has(feature)),
  });
}

await launch({
  library,
  runtime: 'deno',
  versions: `Deno ${Deno.version.deno}, wgpu`,
  openDevice,
});
