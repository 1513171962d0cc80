import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { bits, clip, createNoiseEngine, noise, normal, perAxis, perturb } from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { createReferenceEngine, floatAdd, type ReferenceArray } from 'webgpu-noise/reference';
import { chains, places } from '../arbitrary.js';
import { storedArray } from '../arrays.js';
import { expectSameBits } from '../bits.js';
import { allFormats } from '../kernels.js';
import { type Model, mixedCounts, modelOf, tensorsIn } from '../tensors.js';
import { testDevice, withLimits } from './device.js';

const { device, engine, buffer, read, errors } = await testDevice();

const gpus = [
  engine(),
  createNoiseEngine(withLimits(device, { maxStorageBufferBindingSize: 1024 })),
  createNoiseEngine(withLimits(device, { maxComputeInvocationsPerWorkgroup: 128 })),
];
const upload = ({ arrays }: Model) => arrays.map((array) => buffer(array));

/** Fails unless the buffers hold what the arrays do; frees the buffers. */
async function expectBuffers(
  buffers: readonly GPUBuffer[],
  format: (typeof allFormats)[number]['format'],
  arrays: readonly ReferenceArray[],
) {
  for (const [index, array] of arrays.entries()) {
    const bits = storedArray(format, await read(buffers[index]!, format));
    expectSameBits(bits, array);
    buffers[index]!.destroy();
  }
}

describe('a chain over a list of targets', () => {
  it('lets a source lie anywhere where it fills and reads none', async () => {
    const [a, b] = [new Float32Array(6), new Float32Array(6)];
    const [c, d] = [buffer(a), buffer(b)];
    const lists = <B>(first: B, second: B) => [
      [{ source: second, target: first }, second],
      { source: { buffer: first, count: 4 }, target: { buffer: first, offset: 1, count: 4 } },
    ];
    const [gpu, cpu] = [engine({ seed: 2 }), createReferenceEngine({ seed: 2 })];
    for (const targets of lists(c, d)) gpu.chain([normal(), noise()]).run(targets);
    for (const targets of lists(a, b)) cpu.chain([normal(), noise()]).run(targets);
    await expectBuffers([c, d], 'f32', [a, b]);
  });

  it('gives 200 tensors the noise of one flat vector, and touches nothing between them', async () => {
    const ops = [noise({ std: 20 }), clip({ min: -90, max: 255 }), perturb({ std: 0.1 })];
    // Lanes, and the carries of the block's low word and of the whole counter, fall inside tensors.
    for (const position of [0n, 2n ** 32n - 5n, 2n ** 34n - 3001n, 2n ** 66n - 4003n]) {
      for (const format of ['f32', 'f16', 'u8'] as const) {
        const model = modelOf(format, mixedCounts);
        const flat = modelOf(format, mixedCounts);
        const vector = new (model.arrays[0]!.constructor as typeof Uint8Array)(
          mixedCounts.reduce((sum, count) => sum + count, 0),
        );
        let next = 0;
        for (const { array, offset, count } of flat.places) {
          vector.set(flat.arrays[array]!.subarray(offset, offset + count), next);
          next += count;
        }
        const at = { seed: 5, position };
        createReferenceEngine().chain(ops, { format }).run(vector, { at });
        next = 0;
        for (const { array, offset, count } of flat.places) {
          flat.arrays[array]!.set(vector.subarray(next, next + count), offset);
          next += count;
        }
        for (const gpu of gpus) {
          const buffers = upload(model);
          gpu.chain(ops, { format }).run(tensorsIn(model, buffers), { at });
          await expectBuffers(buffers, format, flat.arrays);
        }
      }
    }
  });

  it('gives the reference’s bits for any ops, format, place and counts, in place and not', async () => {
    const cpu = createReferenceEngine();
    await fc.assert(
      fc.asyncProperty(
        chains,
        fc.constantFrom(...allFormats),
        places,
        fc.array(fc.tuple(fc.nat(700), fc.boolean()), { maxLength: 9 }),
        async (ops, options, at, items) => {
          const counts = items.map(([count]) => count);
          const model = modelOf(options.format, counts);
          const other = modelOf(options.format, [1, ...counts]);
          const { places: others } = other;
          /** Some tensors in place, others into tensors at other offsets. */
          const pairs = <B>(from: readonly B[], to: readonly B[]) =>
            tensorsIn(model, from).map((source, i) => {
              const { array, offset, count } = others[i + 1]!;
              return items[i]![1]
                ? source
                : { source, target: { buffer: to[array]!, offset, count } };
            });
          const expected = [...model.arrays, ...other.arrays].map((array) => array.slice());
          const to = expected.slice(model.arrays.length);
          cpu.chain(ops, options).run(pairs(expected, to), { at });
          for (const gpu of gpus) {
            const buffers = [...upload(model), ...upload(other)];
            const targets = pairs(buffers, buffers.slice(model.arrays.length));
            gpu.chain(ops, options).run(targets, { at });
            await expectBuffers(buffers, options.format, expected);
          }
        },
      ),
      { numRuns: 18 },
    );
  });

  it('takes a number for each element along the flat vector, and those per axis along each shape', async () => {
    const scales = Float32Array.from({ length: 40 }, (_, i) => i / 7);
    const shapes = [[2, 3], [5], [2, 2, 2], [3, 7]];
    const sizes = shapes.map((shape) => shape.reduce((a, b) => a * b));
    const at = { seed: 3, position: 2n ** 34n - 9n };
    const zeros = new Float32Array(40);
    const flat = new Float32Array(40);
    const ops = (std: GPUBuffer | Float32Array) => [
      noise({ std: perAxis(0, buffer(Float32Array.of(1, 10, 100, 1000, 10000))) }),
      noise({ std }),
    ];
    const z = [flat.slice(), flat.slice()] as const;
    const cpu = createReferenceEngine();
    cpu.chain([noise()]).run(z[0], { at });
    const next = { ...at, position: at.position + 40n };
    cpu.chain([noise()]).run(z[1], { at: next });
    let begin = 0;
    for (const [k, shape] of shapes.entries()) {
      for (let i = 0; i < sizes[k]!; i++) {
        const std = 10 ** Math.floor((i * shape[0]!) / sizes[k]!);
        const first = Math.fround(std * z[0][begin + i]!);
        const second = Math.fround(scales[begin + i]! * z[1][begin + i]!);
        flat[begin + i] = floatAdd(floatAdd(0, first), second);
      }
      begin += sizes[k]!;
    }
    const target = buffer(zeros);
    const list = shapes.map((shape, k) => ({
      buffer: target,
      offset: sizes.slice(0, k).reduce((a, b) => a + b, 0),
      shape,
    }));
    for (const gpu of gpus) {
      device.queue.writeBuffer(target, 0, zeros);
      gpu.chain(ops(buffer(scales))).run(list, { at });
      expectSameBits(await read(target, 'f32'), flat);
    }
    const onCPU = zeros.slice();
    const stds = perAxis(0, Float32Array.of(1, 10, 100, 1000, 10000));
    const lists = list.map((each) => ({ ...each, buffer: onCPU }));
    expect(() => cpu.chain([noise({ std: stds })]).run(lists, { at })).toThrow(
      'run: noise.std must hold 2 numbers (axis 0 of the shape of targets[0]), got 5',
    );
    cpu.chain([noise({ std: scales })]).run(lists, { at: next });
    const expected = z[1].map((each, i) => floatAdd(0, Math.fround(scales[i]! * each)));
    expectSameBits(onCPU, expected);
  });

  it('shares samples within each target, one target after the other', async () => {
    const op = noise({ share: [0], apply: { p: 0.5, axis: 0 } });
    const [a, b] = [buffer(new Float32Array(6)), buffer(new Float32Array(20))];
    const gpu = engine({ seed: 2 });
    gpu.chain([op]).run([
      { buffer: a, shape: [2, 3] },
      { buffer: b, shape: [4, 5] },
    ]);
    expect(gpu.state.position).toBe(3n + 5n + 2n + 4n);
    const z = new Float32Array(8);
    const words = new Uint32Array(6);
    const cpu = createReferenceEngine({ seed: 2 });
    cpu.chain([noise()]).run(z);
    cpu.chain([bits()], { format: 'u32' }).run(words);
    const kept = (row: number, value: number) => (words[row]! < 2 ** 31 ? value : 0);
    expectSameBits(
      await read(a, 'f32'),
      new Float32Array(6).map((_, i) => kept(Math.floor(i / 3), z[i % 3]!)),
    );
    expectSameBits(
      await read(b, 'f32'),
      new Float32Array(20).map((_, i) => kept(2 + Math.floor(i / 5), z[3 + (i % 5)]!)),
    );
  });

  it('is one submit, one pass and one write of uniforms, and creates nothing in steady state', () => {
    const model = modelOf('f32', mixedCounts);
    const tensors = tensorsIn(model, upload(model));
    const into = tensorsIn(model, upload(model));
    const gpu = engine();
    const step = () => gpu.perturb(tensors, { std: 1 });
    const copy = () => gpu.perturb(tensors, { std: 1, into });
    step();
    copy();
    const spies = [
      vi.spyOn(device.queue, 'submit'),
      vi.spyOn(device.queue, 'writeBuffer'),
      vi.spyOn(device, 'createCommandEncoder'),
      vi.spyOn(GPUCommandEncoder.prototype, 'beginComputePass'),
      vi.spyOn(device, 'createBuffer'),
      vi.spyOn(device, 'createBindGroup'),
      vi.spyOn(device, 'createComputePipeline'),
      vi.spyOn(device, 'createShaderModule'),
    ];
    const calls = () => spies.map((spy) => spy.mock.calls.length);
    step();
    expect(calls()).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
    copy();
    step();
    expect(calls()).toEqual([3, 3, 3, 3, 0, 0, 0, 0]);
    for (const spy of spies) spy.mockRestore();
    const elements = mixedCounts.reduce((sum, count) => sum + count, 0);
    expect(gpu.state.position).toBe(BigInt(5 * elements));
  });

  it('records into the caller’s encoder or pass, and stays right whatever runs before the submit', async () => {
    const model = modelOf('f16', mixedCounts);
    const buffers = upload(model);
    const tensors = tensorsIn(model, buffers);
    const gpu = engine();
    const chain = gpu.chain([noise()], { format: 'f16' });
    const encoder = device.createCommandEncoder();
    chain.encode(encoder, tensors);
    const pass = encoder.beginComputePass();
    chain.encode(pass, tensors);
    pass.end();
    gpu.chain([normal()]).run(buffer(new Float32Array(9)), { at: { seed: 9 } });
    device.queue.submit([encoder.finish()]);
    const cpu = createReferenceEngine();
    for (let twice = 0; twice < 2; twice++) {
      cpu.chain([noise()], { format: 'f16' }).run(tensorsIn(model, model.arrays));
    }
    expect(gpu.state).toEqual(cpu.state);
    await expectBuffers(buffers, 'f16', model.arrays);
  });

  it('makes one page of uniforms per 16 recordings of a long list', () => {
    const model = modelOf('f32', mixedCounts);
    const tensors = tensorsIn(model, upload(model));
    const chain = engine().chain([noise()]);
    const encode = () => {
      const encoder = device.createCommandEncoder();
      chain.encode(encoder, tensors);
      device.queue.submit([encoder.finish()]);
    };
    encode();
    const createBuffer = vi.spyOn(device, 'createBuffer');
    const createBindGroup = vi.spyOn(device, 'createBindGroup');
    for (let i = 0; i < 15; i++) encode();
    expect(createBuffer).not.toHaveBeenCalled();
    expect(createBindGroup).not.toHaveBeenCalled();
    encode();
    expect(createBuffer).toHaveBeenCalledTimes(1);
    createBuffer.mockRestore();
    createBindGroup.mockRestore();
  });

  it('does nothing for an empty list or empty tensors, wherever these lie', () => {
    const gpu = engine({ position: 7 });
    const target = buffer(new Float32Array(4));
    const submit = vi.spyOn(device.queue, 'submit');
    expect(gpu.chain([normal()]).run([])).toEqual({ seed: 0n, stream: 0n, position: 7n });
    const empty = { buffer: target, offset: 2, count: 0 };
    gpu.chain([normal()]).run([empty, empty]);
    gpu.perturb([], { std: 1 });
    gpu.snapshot([]).restore();
    expect(submit).not.toHaveBeenCalled();
    submit.mockRestore();
    expect(gpu.state.position).toBe(7n);
    gpu.chain([normal()]).run([{ buffer: target }, empty]);
    expect(gpu.state.position).toBe(11n);
  });

  it('is refused as a whole by the device when one tensor is another device’s', async () => {
    const other = await requestDevice();
    const foreign = other.createBuffer({ size: 20, usage: GPUBufferUsage.STORAGE });
    const data = Float32Array.of(1, 2, 3, 4, 5);
    const [first, last] = [buffer(data), buffer(data)];
    const gpu = engine();
    const chain = gpu.chain([noise()]);
    chain.run([first, foreign, last]);
    await expect(chain.ready()).rejects.toThrow(/^run: the device refused it: /);
    gpu.perturb([first, foreign, last], { std: 1 });
    await expect(chain.ready()).rejects.toThrow(/^perturb: the device refused it: /);
    chain.encode(device.createCommandEncoder(), [first, foreign, last]);
    await expect(chain.ready()).rejects.toThrow(/^encode: the device refused it: /);
    expect(await read(first, 'f32')).toEqual(data);
    expect(await read(last, 'f32')).toEqual(data);
    expect(errors).toEqual([]);
    other.destroy();
  });
});
