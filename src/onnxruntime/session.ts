import { env, type InferenceSession } from 'onnxruntime-web/webgpu';
import { entriesOf, isArray, items, show } from '../check.js';
import { checkDevice } from '../framework/device.js';
import { checkVersion } from '../framework/version.js';

type SessionOptions = InferenceSession.SessionOptions;
type Provider = InferenceSession.ExecutionProviderConfig;

/** Says once if this version of ONNX Runtime was not tested. */
export function checkRuntime(): void {
  const version = env.versions.web;
  checkVersion({
    entry: 'webgpu-noise/onnxruntime',
    name: 'onnxruntime-web',
    version,
    tested: ['1.30'],
  });
}

/**
 * The device that ONNX Runtime has made for sessions that were not given one.
 *
 * @throws {Error} as a rejection, when there was no such session yet
 */
export async function getDevice(): Promise<GPUDevice> {
  checkRuntime();
  const device = await env.webgpu.device;
  if (device) return device as GPUDevice;
  throw new Error(
    'getDevice: onnxruntime-web must have created a session on a device of its own, got none yet',
  );
}

/**
 * Options for `InferenceSession.create`: its webgpu provider runs on this device and keeps outputs on
 * the GPU.
 *
 * @param options others of a session; what they say of providers and of outputs stays
 * @throws {TypeError} when the device is none, or another was given for the webgpu provider
 */
export function sessionOptions(device: GPUDevice, options: SessionOptions = {}): SessionOptions {
  const call = 'sessionOptions';
  checkRuntime();
  checkDevice(call, device);
  const given: SessionOptions = Object.fromEntries(entriesOf(call, 'options', options));
  const providers = given.executionProviders ?? ['webgpu'];
  if (!isArray(providers)) {
    throw new TypeError(`${call}: executionProviders must be a list, got ${show(providers)}`);
  }
  const executionProviders = items(call, 'executionProviders', providers, (provider, index) =>
    withDevice(call, `executionProviders[${index}]`, provider, device),
  );
  return { preferredOutputLocation: 'gpu-buffer', ...given, executionProviders };
}

/** A provider; that of WebGPU with the device. */
function withDevice(call: string, field: string, provider: unknown, device: GPUDevice): Provider {
  if (typeof provider === 'string' && provider !== 'webgpu') return provider;
  const given: Record<string, unknown> =
    provider === 'webgpu'
      ? { name: provider }
      : Object.fromEntries(entriesOf(call, field, provider));
  if (given.name !== 'webgpu') return given as unknown as Provider;
  const { device: other = device } = given;
  if (other === device) return { ...given, name: 'webgpu', device };
  throw new TypeError(`${call}: the webgpu provider must be given no other device, got one`);
}
