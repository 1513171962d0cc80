import { has, show } from '../check.js';
import { deviceOptions } from './descriptor.js';
import { hasSystemLoader, loadSoftwareAdapter } from './software.js';

export { setPollingInterval } from './polling.js';
export { softwareEnvironment } from './software.js';

/** What to ask of the device; `software: true` goes straight to the software adapter. */
export interface NodeDeviceOptions extends GPUDeviceDescriptor {
  readonly software?: boolean;
}

/**
 * Requests a GPUDevice in Node, through the `webgpu` package (Dawn): of the system's GPU, or where
 * there is none, of SwiftShader, which runs on the CPU and comes with the `@sparticuz/chromium`
 * package. `adapterName(device)` says which. Defines WebGPU's globals, such as GPUBufferUsage, where
 * they are missing. A process ends by itself once its devices are destroyed.
 *
 * @param options a GPUDeviceDescriptor; the limits for buffer sizes are the adapter's unless given
 * @throws {TypeError | RangeError} when an option is none, or more than the adapter has
 * @throws {Error} when a package is missing or no adapter can be had
 */
export async function requestDevice(options: NodeDeviceOptions = {}): Promise<GPUDevice> {
  const { software, descriptor } = deviceOptions(options);
  const system = !software && hasSystemLoader() ? await requestAdapter() : undefined;
  const { gpu, adapter } = system ?? (await requestSoftwareAdapter());
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  const requiredLimits = {
    maxBufferSize,
    maxStorageBufferBindingSize,
    ...descriptor.requiredLimits,
  };
  try {
    const device = await adapter.requestDevice({ ...descriptor, requiredLimits });
    instances.set(device, gpu);
    return device;
  } catch (cause) {
    const [why] = String((cause as Error)?.message ?? cause).split('\n');
    throw new TypeError(`requestDevice: the adapter must have what is asked for, got ${why}`, {
      cause,
    });
  }
}

/** An instance of Dawn must outlive its devices, which do not refer to it. */
const instances = new WeakMap<GPUDevice, GPU>();

interface Found {
  readonly gpu: GPU;
  readonly adapter: GPUAdapter;
}

/** The adapter behind a device, in words, such as `google swiftshader (software)`. */
export function adapterName(device: GPUDevice): string {
  if (!has(device, 'adapterInfo') || !has(device.adapterInfo, 'vendor')) {
    throw new TypeError(`adapterName: device must be a GPUDevice, got ${show(device)}`);
  }
  const { vendor, architecture, description, isFallbackAdapter } = device.adapterInfo;
  const name = [vendor, architecture].filter(Boolean).join(' ') || description || 'unknown adapter';
  return isFallbackAdapter ? `${name} (software)` : name;
}

async function requestAdapter(): Promise<Found | undefined> {
  const { create, globals } = await import('webgpu').catch((cause) => {
    throw new Error("requestDevice: the package 'webgpu' must be installed, got none", { cause });
  });
  for (const [name, value] of Object.entries(globals)) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, writable: true });
  }
  const gpu = create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  return adapter ? { gpu, adapter } : undefined;
}

async function requestSoftwareAdapter(): Promise<Found> {
  await loadSoftwareAdapter();
  const found = await requestAdapter();
  if (found) return found;
  throw new Error(
    'requestDevice: an adapter must be available, got none: neither a GPU of the system nor ' +
      'SwiftShader (in a worker thread, start the process with the variables of softwareEnvironment())',
  );
}
