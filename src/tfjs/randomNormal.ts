import type { Tensor } from '@tensorflow/tfjs-core';
import { fields } from '../check.js';
import type { NoiseEngine } from '../engine.js';
import { checkBytes, checkEngine, checkShared } from '../framework/device.js';
import { product } from '../indices.js';
import { normal } from '../ops/normal.js';
import type { At } from '../stream.js';
import { checkShape } from '../target.js';
import { makeTensor, webgpuBackend } from './backend.js';

/** Options of `randomNormal`. */
export interface RandomNormalOptions {
  /** Default 0. */
  readonly mean?: number;
  /** Default 1. */
  readonly std?: number;
  /** Where in the noise to draw, as for `chain.run`. */
  readonly at?: At;
}

/**
 * A float32 tensor of normals that are drawn on the GPU, the same bits as those of the op `normal`. Where
 * the device has no memory for the tensor, it says so in an `uncapturederror`, as for any of tfjs's, and the
 * engine's next `ready` or `read` rejects.
 *
 * @param engine on tfjs's device
 * @throws {TypeError | RangeError | Error} before a tensor is made
 */
export function randomNormal(
  engine: NoiseEngine,
  shape: readonly number[],
  options: RandomNormalOptions = {},
): Tensor {
  const call = 'randomNormal';
  checkEngine(call, engine);
  const { mean, std, at } = fields(call, options, ['mean', 'std', 'at']) as RandomNormalOptions;
  const sizes = checkShape(call, 'shape', shape, 0);
  const webgpu = webgpuBackend(call);
  checkShared(call, engine, webgpu.device, 'tfjs');
  checkBytes(call, 'shape', 4 * product(sizes), webgpu.device);
  const chain = engine.chain([normal({ mean, std })]);
  return makeTensor(webgpu, [...sizes], (range) => chain.run(range, { at }));
}
