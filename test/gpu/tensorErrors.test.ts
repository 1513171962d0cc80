import { afterEach, describe, expect, it, vi } from 'vitest';
import { noise } from 'webgpu-noise';
import { itRefuses } from '../refusals.js';
import { testDevice } from './device.js';

const { device, engine, buffer, read } = await testDevice();

const data = Float32Array.of(1, 2, 3, 4, 5);
const [a, b] = [buffer(data), buffer(data)];
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

  const overlap = 'what is written must not overlap another range of the list, got bytes';
  itRefuses(RangeError, {
    [`run: ${overlap} 0 to 20 as item 0 and 0 to 20 as item 2`]: () => chain.run([a, b, a]),
    [`encode: ${overlap} 0 to 12 as item 1 and 8 to 20 as item 0`]: () =>
      chain.encode(device.createCommandEncoder(), [
        { buffer: a, offset: 2 },
        { buffer: a, count: 3 },
      ]),
    [`run: ${overlap} 0 to 20 as item 0 and 0 to 20 as item 1`]: () =>
      chain.run([{ source: a, target: b }, a]),
    [`perturb: ${overlap} 0 to 20 as item 0 and 0 to 20 as item 1`]: () =>
      gpu.perturb([a, b], { std, into: [b, a] }),
    [`snapshot: ${overlap} 0 to 20 as item 0 and 4 to 8 as item 1`]: () =>
      gpu.snapshot([a, { buffer: a, offset: 1, count: 1 }]),
    'run: targets[1].count must be a whole number from 0 to 5 (elements after offset), got 6': () =>
      chain.run([a, { buffer: b, count: 6 }]),
    'run: targets[1].source and target must have equal counts, got 2 and 5': () =>
      chain.run([a, { source: { buffer: a, count: 2 }, target: b }]),
    'run: targets[1].source.offset must be a whole number from 0 to 5 (elements in buffer), got 6':
      () => chain.run([a, { source: { buffer: a, offset: 6 }, target: b }]),
    'perturb: targets[0].source and target must be different buffers or the same range, got offsets 0 and 3 of one buffer':
      () => gpu.perturb([{ buffer: a, count: 2 }], { std, into: [{ buffer: a, offset: 3 }] }),
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
