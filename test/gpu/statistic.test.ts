import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  clip,
  clipNorm,
  createNoiseEngine,
  noise,
  normal,
  type Op,
  perAxis,
  perturb,
  snr,
} from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { formats, numberFormats } from '../../src/format.js';
import { places, shapes } from '../arbitrary.js';
import { finiteElements, storedArray, strangeElements } from '../arrays.js';
import { expectSameBits } from '../bits.js';
import { edgeGroups } from '../edges.js';
import { itRefuses } from '../refusals.js';
import { testDevice, withLimits } from './device.js';

const { device, engine, buffer, read } = await testDevice();

/** Chains with ops that measure, along some axes of a shape. */
const measuringChains = (shape: readonly number[], axis: readonly number[]) => {
  const plain = fc.constantFrom<Op[]>([], [noise({ std: 3 })], [clip({ min: -50, max: 200 })]);
  const wholes = fc.constantFrom(undefined, axis);
  const limits = fc.double({ min: -20, max: 20, noNaN: true }).map((log2) => 2 ** log2);
  const levels = fc.double({ min: -20, max: 60, noNaN: true });
  const lists = fc
    .array(levels, { minLength: shape[0]!, maxLength: shape[0]! })
    .map((values) => perAxis(0, values));
  const measuring = fc.oneof<fc.Arbitrary<Op>[]>(
    fc.record({ max: limits, axis: wholes }).map((options) => clipNorm(options as never)),
    fc.record({ db: fc.oneof(levels, lists), axis: wholes }).map((o) => snr(o as never)),
    fc.constantFrom(1, -1).map((sign) => perturb({ std: 0.3, relative: 'rms', sign } as never)),
  );
  return fc
    .array(fc.tuple(plain, measuring), { minLength: 1, maxLength: 2 })
    .chain((parts) => plain.map((last) => [...parts.flat(2), ...last]));
};

describe('ops that measure', () => {
  it('give the reference’s bits for any shape, axes and format, cut or not, and touch nothing else', async () => {
    const gpus = [
      engine({ barrier: 'saturate' }),
      createNoiseEngine(withLimits(device, { maxStorageBufferBindingSize: 512 })),
      createNoiseEngine(withLimits(device, { maxComputeWorkgroupsPerDimension: 3 })),
    ];
    const cases = shapes.chain(([shape, axis]) =>
      fc.tuple(fc.constant(shape), measuringChains(shape, axis)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...numberFormats),
        fc.nat(3),
        cases,
        fc.nat(70),
        fc.boolean(),
        places,
        async (format, strange, [shape, ops], offset, outOfPlace, at) => {
          const data = strange === 0 ? strangeElements(format) : finiteElements(format);
          const expected = data.slice();
          const range = { offset, shape };
          const cpu = createReferenceEngine().chain(ops, { format });
          const source = { buffer: data.slice(), offset: 3, shape };
          const target = { buffer: expected, ...range };
          const drawn = cpu.run(outOfPlace ? { source, target } : target, { at });
          for (const gpu of gpus) {
            const [to, from] = [buffer(data), buffer(data)];
            const written = { buffer: to, ...range };
            const targets = outOfPlace
              ? { source: { buffer: from, offset: 3, shape }, target: written }
              : written;
            expect(gpu.chain(ops, { format }).run(targets, { at })).toEqual(drawn);
            expectSameBits(storedArray(format, await read(to, format)), expected);
            for (const made of [to, from]) made.destroy();
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it.each([
    ...[0.1, 2 ** -20, 3, 1e30].map((max) => clipNorm({ max, axis: 0 })),
    snr({ db: 3, axis: 0 }),
  ])('give the reference’s bits for groups of edge numbers: %o', async (op) => {
    const expected = edgeGroups.numbers();
    const target = buffer(expected);
    const { shape } = edgeGroups;
    const at = { seed: 8 };
    createReferenceEngine().chain([op]).run({ buffer: expected, shape }, { at });
    engine().chain([op]).run({ buffer: target, shape }, { at });
    expectSameBits(await read(target, 'f32'), expected);
  });

  it('give the reference’s bits for lists, whose norms are of all tensors and whose rms are each its own', async () => {
    const ops = [
      snr({ db: 10 }),
      clipNorm({ max: 3 }),
      noise({ std: 0.1 }),
      clipNorm({ max: 2, axis: 0 }),
      perturb({ std: 0.5, relative: 'rms' }),
      snr({ db: 3, axis: 0 }),
    ];
    const shapesOf = [[4, 5], [4, 1, 3], [4], [4, 40, 41]];
    for (const format of ['f32', 'f16'] as const) {
      const cpu = createReferenceEngine({ seed: 3 });
      const gpu = engine({ seed: 3 });
      const arrays = shapesOf.map((shape) => {
        const count = shape.reduce((a, b) => a * b);
        const array = storedArray(format, new Uint8Array(count * formats[format].bytes));
        cpu.chain([normal({ std: count })], { format }).run(array, { at: { stream: 1 } });
        return { buffer: array, shape };
      });
      const buffers = arrays.map(({ buffer: array, shape }) => ({
        buffer: buffer(array),
        shape,
        count: array.length,
      }));
      cpu.chain(ops, { format }).run(arrays);
      gpu.chain(ops, { format }).run(buffers);
      expect(gpu.state).toEqual(cpu.state);
      for (const [i, { buffer: target, count }] of buffers.entries()) {
        const whole = storedArray(format, await read(target, format));
        expectSameBits(whole.subarray(0, count), arrays[i]!.buffer);
      }
    }
  });

  it('give the reference’s bits where many workgroups share a group, and where there are many groups', async () => {
    const data = new Float32Array(3 * 41_003);
    createReferenceEngine({ seed: 2 })
      .chain([normal({ mean: 1 })])
      .run(data);
    const target = buffer(data);
    for (const axis of [0, 1]) {
      const shape = axis ? [41_003, 3] : [3, 41_003];
      const ops = [clipNorm({ max: 100 / (1 + axis), axis }), snr({ db: 20, axis: 0 })];
      engine({ seed: 1 }).chain(ops).run({ buffer: target, shape });
      createReferenceEngine({ seed: 1 }).chain(ops).run({ buffer: data, shape });
      expectSameBits(await read(target, 'f32'), data);
    }
  });

  it('give the reference’s bits where what is rounded off adds up', async () => {
    const small = 2 ** -9 * (1 + 3 * 2 ** -23); // of whose square the last bits do not count beside 1
    const expected = new Float32Array(2 ** 16).fill(small);
    expected[1000] = 1;
    const target = buffer(expected);
    engine()
      .chain([clipNorm({ max: 0.1 })])
      .run(target);
    createReferenceEngine()
      .chain([clipNorm({ max: 0.1 })])
      .run(expected);
    expectSameBits(await read(target, 'f32'), expected);
  });

  it('equal a run of each part of the plan, and say what it is', async () => {
    const ops = [
      noise({ std: 20 }),
      clipNorm({ max: 900 }),
      noise(),
      clip({ min: 0, max: 255 }),
      snr({ db: 20 }),
    ];
    const parts = [ops.slice(0, 1), ops.slice(1, 4), ops.slice(4)];
    const data = Uint8Array.from({ length: 1000 }, (_, i) => i % 256);
    const [whole, apart] = [buffer(data), buffer(data)];
    const chain = engine({ seed: 9 }).chain(ops, { format: 'u8' });
    chain.run(whole);
    const gpu = engine({ seed: 9 });
    for (const part of parts) gpu.chain(part, { format: 'u8' }).run(apart);
    expectSameBits(await read(whole, 'u8'), await read(apart, 'u8'));
    const pass = (kernel: string) => ({ kernel, reads: true, writes: false });
    const finish = (kernel: string) => ({ kernel, reads: false, writes: false });
    const fused = (kernel: string) => ({ kernel, reads: true, writes: true });
    expect(chain.plan).toEqual([
      fused('noise'),
      ...[pass('exponents'), pass('squares'), finish('norm'), fused('clipNorm + noise + clip')],
      ...[pass('exponents'), pass('squares'), finish('rms'), fused('snr')],
    ]);
    expect(engine().chain([normal(), clip({ min: 0 })]).plan).toEqual([
      { kernel: 'normal + clip', reads: false, writes: true },
    ]);
  });

  it('stay right when recorded, whatever is recorded or run before the submit', async () => {
    const data = new Float32Array(5000);
    createReferenceEngine().chain([normal()]).run(data);
    const ops = [clipNorm({ max: 7 }), perturb({ std: 0.1, relative: 'rms' })];
    const other = [snr({ db: 1, axis: 0 })];
    const gpu = engine();
    const cpu = createReferenceEngine();
    const [a, b] = [buffer(data), buffer(data)];
    const encoder = device.createCommandEncoder();
    gpu.chain(ops).encode(encoder, a);
    const pass = encoder.beginComputePass();
    gpu.chain(ops).encode(pass, a);
    gpu.chain(other).run({ buffer: b, shape: [5000] });
    pass.end();
    device.queue.submit([encoder.finish()]);
    gpu.chain(ops).run(a);
    const [first, second] = [data.slice(), data.slice()];
    for (let i = 0; i < 2; i++) cpu.chain(ops).run(first);
    cpu.chain(other).run({ buffer: second, shape: [5000] });
    cpu.chain(ops).run(first);
    expectSameBits(await read(a, 'f32'), first);
    expectSameBits(await read(b, 'f32'), second);
  });

  it('read nothing back, compile once, and make no buffer in steady state', async () => {
    const target = buffer(Float32Array.of(3, 4, 5, 12));
    const chain = engine().chain([clipNorm({ max: 1, axis: 0 }), snr({ db: 6 })]);
    await chain.ready();
    chain.run({ buffer: target, shape: [2, 2] });
    const spies = [
      vi.spyOn(GPUBuffer.prototype, 'mapAsync'),
      vi.spyOn(GPUCommandEncoder.prototype, 'copyBufferToBuffer'),
      vi.spyOn(device, 'createComputePipeline'),
      vi.spyOn(device, 'createBuffer'),
      vi.spyOn(device, 'createBindGroup'),
    ];
    chain.run({ buffer: target, shape: [2, 2] });
    chain.run({ buffer: target, count: 0, shape: [0, 2] });
    await device.queue.onSubmittedWorkDone();
    for (const spy of spies) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  it('keep their sums in 64 KiB, for up to 4096 groups', async () => {
    const data = new Float32Array(8192).fill(1);
    const create = vi.spyOn(device, 'createBuffer');
    const gpu = engine();
    const target = { buffer: buffer(data), shape: [4096, 2] };
    gpu.chain([clipNorm({ max: 8, axis: 0 })]).run(target);
    const sizes = create.mock.calls.map(([{ label, size }]) => [label, size]);
    create.mockRestore();
    expect(sizes).toContainEqual(['webgpu-noise sums', 65536]);
    expect(sizes).toContainEqual(['webgpu-noise statistics', 16384]);
    const many = { buffer: target.buffer, shape: [8192, 1] };
    gpu.chain([clipNorm({ max: 0.5, axis: 0 })]).run(many);
    expect(new Set(await read(target.buffer, 'f32'))).toEqual(new Set([0.5]));
  });

  it('remember what only the device finds, and are right afterwards', async () => {
    const gpu = engine();
    const target = buffer(Float32Array.of(3, 4));
    const chain = gpu.chain([clipNorm({ max: 2.5 })]);
    const other = await requestDevice();
    const foreign = other.createBuffer({ size: 8, usage: GPUBufferUsage.STORAGE });
    chain.run(foreign);
    await expect(gpu.read(target)).rejects.toThrow(/^run: the device refused it: /);
    chain.run(target);
    expect(await gpu.read(target)).toEqual(Float32Array.of(1.5, 2));
    other.destroy();
  });

  const rgba = () =>
    device.createTexture({
      size: [4, 4],
      format: 'rgba8unorm',
      usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.STORAGE_BINDING,
    });
  itRefuses(TypeError, {
    'run: target must be a buffer where clipNorm measures it, got a texture': () =>
      engine()
        .chain([noise(), clipNorm({ max: 1 })], { format: 'u8' })
        .run({ source: rgba(), target: rgba() }),
    'snr: db must be a number or a list by perAxis, got numbers in a buffer': () =>
      snr({ db: perAxis(0, buffer(new Float32Array(4))) }),
  });
});
