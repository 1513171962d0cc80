import { has, show } from '../check.js';
import type { NoiseEngine } from '../engine.js';

/** Checks that a device is one. */
export function checkDevice(call: string, device: unknown): void {
  const isDevice = has(device, 'createComputePipeline') && has(device, 'lost');
  if (isDevice && has(device.lost, 'then')) return;
  throw new TypeError(`${call}: device must be a GPUDevice, got ${show(device)}`);
}

/** Checks that an engine is one. */
export function checkEngine(call: string, engine: NoiseEngine): void {
  if (typeof engine?.chain === 'function') return;
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
