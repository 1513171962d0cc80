import { has, pick, show } from '../check.js';
import type { NoiseEngine } from '../engine.js';

const MEMBERS = ['createComputePipeline', 'lost'] as const;

/** Checks that a device is one. */
export function checkDevice(call: string, device: unknown): void {
  const { createComputePipeline, lost } = pick(call, 'device', device, MEMBERS);
  if (typeof createComputePipeline === 'function' && has(lost, 'then')) return;
  throw new TypeError(`${call}: device must be a GPUDevice, got ${show(device)}`);
}

/** Checks that an engine is one. */
export function checkEngine(call: string, engine: unknown): asserts engine is NoiseEngine {
  if (typeof pick(call, 'engine', engine, ['chain']).chain === 'function') return;
  throw new TypeError(`${call}: engine must be a noise engine, got ${show(engine)}`);
}

/** Checks that an engine draws on the device of a framework. */
export function checkShared(call: string, engine: NoiseEngine, device: GPUDevice, of: string) {
  if (engine.device === device) return;
  throw new TypeError(
    `${call}: engine must be on the device of ${of}, got one on another: make it with ` +
      'createNoiseEngine(getDevice())',
  );
}

/** Checks that a device can have a buffer for the elements of a shape. */
export function checkBytes(call: string, field: string, bytes: number, { limits }: GPUDevice) {
  if (bytes <= limits.maxBufferSize) return;
  throw new RangeError(
    `${call}: ${field} must be of at most ${limits.maxBufferSize} bytes, as buffers of the device ` +
      `can be, got ${bytes}`,
  );
}
