import { has, pick, show } from '../check.js';
import type { NoiseEngine } from '../engine.js';

/** Marks engines, those of other copies of this library too. Proxies show it. */
export const ENGINE = Symbol.for('webgpu-noise engine');

/** What is asked of a device. Not its class: runtimes have several, and each realm has its own. */
const MEMBERS = ['createComputePipeline', 'limits', 'lost', 'queue'] as const;

/** Checks that a device is one. */
export function checkDevice(call: string, device: unknown): void {
  const { createComputePipeline, limits, lost, queue } = pick(call, 'device', device, MEMBERS);
  const hasParts = has(limits, 'maxBufferSize') && has(lost, 'then') && has(queue, 'submit');
  if (hasParts && typeof createComputePipeline === 'function') return;
  throw new TypeError(`${call}: device must be a GPUDevice, got ${show(device)}`);
}

/** Checks that an engine is one. */
export function checkEngine(call: string, engine: unknown): asserts engine is NoiseEngine {
  const { chain } = pick(call, 'engine', engine, ['chain']);
  if (has(engine, ENGINE) && typeof chain === 'function') return;
  throw new TypeError(`${call}: engine must be a noise engine, got ${show(engine)}`);
}

/** Checks that an engine draws on the device of a framework. */
export function checkShared(call: string, engine: NoiseEngine, device: GPUDevice, of: string) {
  if (pick(call, 'engine', engine, ['device']).device === device) return;
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
