import { afterEach, describe, expect, it, vi } from 'vitest';
import { clipNorm, noise, perAxis } from 'webgpu-noise';
import { itRefuses } from '../refusals.js';
import { testDevice } from './device.js';

const { device, engine, buffer, read } = await testDevice();

const data = Float32Array.of(1, 2, 3, 4, 5);
const [a, b, c] = [buffer(data), buffer(data), buffer(data)];
const unusable = device.createBuffer({ size: 20, usage: GPUBufferUsage.COPY_SRC });
const gpu = engine();
const chain = gpu.chain([noise()]);
const std = 1;

describe('a list of tensors', () => {
  const submit = vi.spyOn(device.queue, 'submit');
  afterEach(async () => {
    expect(submit).not.toHaveBeenCalled();
    expect(gpu.state.position).toBe(0n);
    expect(await read(a, 'f32')).toEqual(data);
    expect(await read(b, 'f32')).toEqual(data);
    submit.mockClear();
  });

  const overlap = 'what is written must not overlap another range, got bytes';
  itRefuses(RangeError, {
    [`run: ${overlap} 0 to 20 as targets[0] and 0 to 20 as targets[2]`]: () => chain.run([a, b, a]),
    [`encode: ${overlap} 0 to 12 as targets[1] and 8 to 20 as targets[0]`]: () =>
      chain.encode(device.createCommandEncoder(), [
        { buffer: a, offset: 2 },
        { buffer: a, count: 3 },
      ]),
    [`run: ${overlap} 0 to 20 as targets[0].source and 0 to 20 as targets[1]`]: () =>
      chain.run([{ source: a, target: b }, a]),
    [`perturb: ${overlap} 0 to 20 as into[0] and 0 to 20 as tensors[1]`]: () =>
      gpu.perturb([a, b], { std, into: [b, a] }),
    [`perturb: ${overlap} 0 to 20 as tensors[0] and 0 to 20 as tensors[2]`]: () =>
      gpu.perturb([a, b, a], { std }),
    [`snapshot: ${overlap} 0 to 20 as tensors[0] and 4 to 8 as tensors[1]`]: () =>
      gpu.snapshot([a, { buffer: a, offset: 1, count: 1 }]),
    'run: targets[1].count must be a whole number from 0 to 5 (elements after offset), got 6': () =>
      chain.run([a, { buffer: b, count: 6 }]),
    'run: targets[1].source and targets[1].target must have equal counts, got 2 and 5': () =>
      chain.run([a, { source: { buffer: a, count: 2 }, target: b }]),
    'run: targets[1].source.offset must be a whole number from 0 to 5 (elements in buffer), got 6':
      () => chain.run([a, { source: { buffer: a, offset: 6 }, target: b }]),
    'perturb: tensors[0] and into[0] must be different buffers or the same range, got offsets 0 and 3 of one buffer':
      () => gpu.perturb([{ buffer: a, count: 2 }], { std, into: [{ buffer: a, offset: 3 }] }),
    'run: targets[1].source and targets[1].target must have equal shapes, got 5,1 and 1,5': () =>
      chain.run([
        a,
        { source: { buffer: a, shape: [5, 1] }, target: { buffer: b, shape: [1, 5] } },
      ]),
    'perturb: tensors[1] and into[1] must have equal shapes, got 5,1 and 5': () =>
      gpu.perturb([c, { buffer: a, shape: [5, 1] }], {
        std,
        into: [c, { buffer: b, shape: [5] }],
      }),
    'run: noise.share must be of axes 0 to 1 of the shape of targets[1], got 2': () =>
      gpu.chain([noise({ share: [2] })]).run([
        { buffer: a, count: 1, shape: [1, 1, 1] },
        { buffer: b, shape: [1, 5] },
      ]),
    'run: noise.channels must mix along an axis of size 2, that of its matrix, got axis 0 of size 5 in the shape of targets[0]':
      () => gpu.chain([noise({ channels: [1, 0, 0, 1] })]).run([{ buffer: a, shape: [5] }]),
    'perturb: perturb.std must hold 5 numbers (axis 0 of the shape of tensors[1]), got 2': () =>
      gpu.perturb(
        [
          { buffer: a, shape: [2] },
          { buffer: b, shape: [5] },
        ],
        { std: perAxis(0, [1, 2]) },
      ),
    'perturb: perturb.std must be per axis 0 to 0 of the shape of into[0], got 1': () =>
      gpu.perturb([a], { std: perAxis(1, [1, 2]), into: [{ buffer: b, shape: [5] }] }),
    'perturb: into must hold as many tensors as tensors, got 1 and 2': () =>
      gpu.perturb([a, b], { std, into: [a] }),
    'perturb: into[1] must have the count of tensors[1], got 4 and 5': () =>
      gpu.perturb([a, b], { std, into: [a, { buffer: b, offset: 1 }] }),
    'perturb: tensors[1].offset must be a whole number from 0 to 5 (elements in buffer), got -1':
      () => gpu.perturb([a, { buffer: b, offset: -1 }], { std }),
    'perturb: std must be a finite number ≥ 0, got -1': () => gpu.perturb([a], { std: -1 }),
    'perturb: position must be from 0 to 2^66 - 1, got -1': () =>
      gpu.perturb([a], { std, at: { position: -1 } }),
    'chain: perturb needs format': () => gpu.perturb([a], { std, format: 'u32' }),
  });
  itRefuses(TypeError, {
    'run: targets[1] must be a GPUBuffer, { buffer, offset?, count?, shape? } or { source, target } of these, got undefined':
      () => chain.run([a, undefined as never]),
    'run: targets[0] must be a GPUBuffer': () => chain.run(new Array(2)),
    "run: noise.std must not be in a target's buffer, got the same": () =>
      gpu.chain([noise({ std: a })]).run([
        { buffer: b, count: 1 },
        { buffer: a, offset: 4 },
      ]),
    'run: targets[2] must have a shape where noise.share names axes, got none': () =>
      gpu
        .chain([noise({ share: [0] })])
        .run([{ buffer: a, count: 0 }, { buffer: a, shape: [5] }, b]),
    'run: targets[1].target must have a shape where noise.std is per axis, got none': () =>
      gpu.chain([noise({ std: perAxis(0, [1, 2, 3, 4, 5]) })]).run([
        { buffer: a, shape: [5] },
        { source: c, target: b },
      ]),
    'run: targets[0] must have a shape where clipNorm.axis is given, got none': () =>
      gpu.chain([clipNorm({ max: 1, axis: 0 })]).run([a, b]),
    'perturb: tensors must be an array, got a GPUBuffer': () => gpu.perturb(a as never, { std }),
    'perturb: into must be an array, got a GPUBuffer': () =>
      gpu.perturb([a], { std, into: b as never }),
    'perturb: tensors[0] must be a GPUBuffer or { buffer, offset?, count?, shape? }, got an object':
      () => gpu.perturb([{ source: a, target: b } as never], { std }),
    'perturb: into[0] must be a buffer with usage GPUBufferUsage.STORAGE, got usage 0x4': () =>
      gpu.perturb([a], { std, into: [unusable] }),
    'perturb: std must be a number, got undefined': () => gpu.perturb([a], {} as never),
    'perturb: options must be an object, got undefined': () => gpu.perturb([a], undefined as never),
    'perturb: unknown field "sigma" in options, known are std, relative, sign, share, apply, channels, at, into, format, math, rounds, rounding':
      () => gpu.perturb([a], { sigma: 1 } as never),
    'perturb: relative must be "none" or "weight" or "rms", got "both"': () =>
      gpu.perturb([a], { std, relative: 'both' as never }),
    'perturb: sign must be 1 or -1, got 0': () => gpu.perturb([a], { std, sign: 0 as never }),
    'perturb: math must be "exact" or "native", got "fast"': () =>
      gpu.perturb([a], { std, math: 'fast' as never }),
    'perturb: at must be an object, got 5': () => gpu.perturb([a], { std, at: 5 as never }),
    'snapshot: tensors must be an array, got undefined': () => gpu.snapshot(undefined as never),
    'snapshot: tensors[1] must be a buffer with usage GPUBufferUsage.STORAGE, got usage 0x4': () =>
      gpu.snapshot([a, unusable]),
    'snapshot: format must be "f32" or "f16"': () => gpu.snapshot([a], { format: 'f8' as never }),
    'snapshot: unknown field "std" in options, known are format': () =>
      gpu.snapshot([a], { std } as never),
  });

  it('is refused after the end of the engine', () => {
    const ended = engine();
    ended.destroy();
    const sentence = 'the engine must not be destroyed, got a destroyed one';
    expect(() => ended.perturb([a], { std })).toThrow(`perturb: ${sentence}`);
    expect(() => ended.snapshot([a])).toThrow(`snapshot: ${sentence}`);
  });
});
