import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  affine,
  clip,
  createNoiseEngine,
  diffuse,
  noise,
  type Op,
  perAxis,
  speckle,
  uniform,
  uniformNoise,
} from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { storedArray, strangeElements } from '../arrays.js';
import { expectSameBits } from '../bits.js';
import { allFormats, varyingOps } from '../kernels.js';
import { testDevice, withLimits } from './device.js';

const { device, engine, buffer, read } = await testDevice();

const STORAGE_ONLY = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;

/** A buffer of f32 numbers with no other usage than a parameter needs. */
function numbers(...values: number[]): GPUBuffer {
  const made = device.createBuffer({ size: 4 * values.length, usage: STORAGE_ONLY });
  device.queue.writeBuffer(made, 0, Float32Array.from(values));
  return made;
}

/** z of the first `count` elements. */
async function normals(count: number): Promise<Float32Array> {
  const target = buffer(new Float32Array(count));
  engine().chain([noise()]).run(target);
  return read(target, 'f32');
}

describe('a parameter that varies', () => {
  it('gives the reference’s bits for any shape, format and range', async () => {
    const gpus = [
      engine(),
      createNoiseEngine(withLimits(device, { maxStorageBufferBindingSize: 256 })),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...varyingOps),
        fc.constantFrom(...allFormats),
        fc.constantFrom([], [1], [4], [5], [7, 11], [13, 2, 3]),
        fc.nat(9),
        async (ops, options, rest, offset) => {
          const shape = [2, 3, ...rest];
          const data = strangeElements(options.format);
          const expected = data.slice();
          const cpu = createReferenceEngine({ seed: 8 }).chain(ops, options);
          cpu.run({ buffer: expected, offset, shape });
          for (const gpu of gpus) {
            const target = buffer(data);
            const at = { seed: 8, position: 0 };
            gpu.chain(ops, options).run({ buffer: target, offset, shape }, { at });
            const result = await read(target, options.format);
            expectSameBits(storedArray(options.format, result), expected);
            target.destroy();
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is one number per channel of [N, C, H, W] and of [N, H, W, C]', async () => {
    const stds = [1, 10, 100];
    const z = await normals(2 * 3 * 4);
    for (const { shape, axis, channel } of [
      { shape: [2, 3, 2, 2], axis: 1, channel: (i: number) => Math.floor(i / 4) % 3 },
      { shape: [2, 2, 2, 3], axis: 3, channel: (i: number) => i % 3 },
    ]) {
      const target = buffer(new Float32Array(24));
      engine()
        .chain([noise({ std: perAxis(axis, stds) })])
        .run({ buffer: target, shape });
      const expected = z.map((value, i) => Math.fround(stds[channel(i)]! * value));
      expectSameBits(await read(target, 'f32'), expected);
    }
  });

  it('may live on the GPU and change between runs, which compile nothing', async () => {
    const sigma = numbers(1, 2);
    const chain = engine().chain([noise({ std: perAxis(0, sigma) })]);
    const z = await normals(10);
    const shape = [2, 5];
    const at = { position: 0 };
    chain.run({ buffer: buffer(new Float32Array(10)), shape }, { at });
    const create = vi.spyOn(device, 'createComputePipeline');
    device.queue.writeBuffer(sigma, 0, Float32Array.of(3, 0.25));
    const target = buffer(new Float32Array(10));
    chain.run({ buffer: target, shape }, { at });
    const other = engine().chain([noise({ std: perAxis(0, [5, 6]) })]);
    other.run({ buffer: buffer(new Float32Array(10)), shape }, { at });
    expect(create).not.toHaveBeenCalled();
    create.mockRestore();
    const expected = z.map((value, i) => Math.fround((i < 5 ? 3 : 0.25) * value));
    expectSameBits(await read(target, 'f32'), expected);
  });

  it('may be a number for each element', async () => {
    const scales = Float32Array.from({ length: 1000 }, (_, i) => i / 7);
    const data = strangeElements('f32').subarray(0, 1000) as Float32Array;
    const at = { seed: 2, position: 3 };
    const target = buffer(data);
    engine()
      .chain([speckle({ std: numbers(...scales) })])
      .run({ buffer: target, offset: 5, count: 900 }, { at });
    const expected = data.slice();
    const reference = createReferenceEngine().chain([speckle({ std: scales })]);
    reference.run({ buffer: expected, offset: 5, count: 900 }, { at });
    expectSameBits(await read(target, 'f32'), expected);
  });

  it('may be a number for each element of a list, however the device cuts it', async () => {
    const gpus = [
      engine(),
      createNoiseEngine(withLimits(device, { maxStorageBufferBindingSize: 1280 })),
    ];
    const parts = [
      { offset: 3, count: 500 },
      { offset: 510, count: 1 },
      { offset: 701, count: 899 },
    ];
    const values = Float32Array.from({ length: 1400 }, (_, i) => i / 7);
    const ops = (std: Float32Array | GPUBuffer) => [speckle({ std }), noise({ std, share: [0] })];
    const lists = <B>(from: B, to: B) => [
      parts.map((part) => ({ buffer: to, ...part, shape: [part.count] })),
      parts.map(({ offset, count }) => ({
        source: { buffer: from, offset: offset - 1, count },
        target: { buffer: to, offset, count, shape: [count] },
      })),
    ];
    const at = { seed: 2, position: 3 };
    for (const options of allFormats) {
      const data = strangeElements(options.format);
      const expected = data.slice();
      const cpu = createReferenceEngine().chain(ops(values), options);
      for (const list of lists(data, expected)) cpu.run(list, { at });
      for (const gpu of gpus) {
        const target = buffer(data);
        const chain = gpu.chain(ops(numbers(...values)), options);
        for (const list of lists(buffer(data), target)) chain.run(list, { at });
        expectSameBits(storedArray(options.format, await read(target, options.format)), expected);
        target.destroy();
      }
    }
  });

  it('may be more numbers than a device binds at a time', async () => {
    const limits = { maxStorageBufferBindingSize: 2 ** 27, maxBufferSize: 2 ** 28 };
    const small = await testDevice({ requiredLimits: limits });
    const count = 2 ** 25 + 1000;
    const usage = STORAGE_ONLY | GPUBufferUsage.COPY_SRC;
    const shift = small.device.createBuffer({ size: 4 * count, usage });
    const target = small.device.createBuffer({ size: count, usage });
    const gpu = small.engine({ seed: 6 });
    gpu.chain([uniform({ high: 256 })]).run({ buffer: shift, count });
    const chain = gpu.chain([affine({ shift })], { format: 'u8', rounding: 'truncate' });
    chain.run({ buffer: target, count });
    for (const offset of [0, 2 ** 25 - 1000, count - 1000]) {
      const shifts = await gpu.read({ buffer: shift, offset, count: 1000 });
      const bytes = await gpu.read({ buffer: target, offset, count: 1000 }, { format: 'u8' });
      expectSameBits(bytes, shifts.map(Math.trunc));
    }
    shift.destroy();
    target.destroy();
  });

  it('may leave an interval without numbers, and the upper end holds', async () => {
    const data = strangeElements('f32').subarray(0, 100) as Float32Array;
    const ends = (values: number[]) => perAxis(1, values);
    const ops: Op[] = [
      clip({ min: ends([5, -1]), max: ends([1, 2]) }),
      uniformNoise({ low: ends([5, -1]), high: ends([1, 2]) }),
    ];
    for (const op of ops) {
      const target = buffer(data);
      const expected = data.slice();
      const at = { seed: 4, position: 1 };
      engine()
        .chain([op])
        .run({ buffer: target, shape: [50, 2] }, { at });
      createReferenceEngine()
        .chain([op])
        .run({ buffer: expected, shape: [50, 2] }, { at });
      expectSameBits(await read(target, 'f32'), expected);
    }
  });

  it('puts a list into one table, however many chains it is used in', () => {
    const std = perAxis(0, [1, 2]);
    const target = { buffer: buffer(new Float32Array(8)), shape: [2, 4] };
    const gpu = engine();
    gpu.chain([noise({ std })]).run(target);
    gpu.perturb([target], { std });
    const create = vi.spyOn(device, 'createBuffer');
    for (let i = 0; i < 20; i++) {
      gpu.chain([noise({ std })]).run(target);
      gpu.perturb([target], { std });
    }
    expect(create).not.toHaveBeenCalled();
    create.mockRestore();
  });

  it('is checked in an op of one’s own making, too', () => {
    const std = { perAxis: 0, values: new Float32Array([1, -1]) };
    const op = { op: 'noise', mean: 0, std } as never;
    expect(() => engine().chain([op])).toThrow('noise: std.values[1] must be a finite number ≥ 0');
  });

  it('survives JSON as a list', () => {
    const op = noise({ std: perAxis(1, [0.1, 2]) });
    expect(JSON.parse(JSON.stringify(op))).toEqual(op);
    const copied = createReferenceEngine().chain([JSON.parse(JSON.stringify(op))]);
    expect(copied.ops[0]).toEqual(op);
  });

  it('does the forward process of a diffusion model at a step per sample', async () => {
    const alphas = [0.99, 0.5, 0.01]; // cumulative products of 1 − β
    const x = Float32Array.from({ length: 3 * 8 }, (_, i) => Math.sin(i));
    const a = alphas.map((alpha) => Math.fround(Math.sqrt(alpha)));
    const b = alphas.map((alpha) => Math.fround(Math.sqrt(1 - alpha)));
    const target = buffer(x);
    engine()
      .chain([diffuse({ a: perAxis(0, a), b: perAxis(0, b) })])
      .run({ buffer: target, shape: [3, 8] });
    const z = await normals(24);
    for (const [i, value] of (await read(target, 'f32')).entries()) {
      const n = Math.floor(i / 8);
      const expected = a[n]! * x[i]! + b[n]! * z[i]!;
      // Three roundings of numbers below 8, each at most half an ulp of 2^-21.
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(1.5 * 2 ** -21);
    }
  });
});

describe('a parameter that varies is refused', () => {
  const target = buffer(new Float32Array(24));
  const shape = [2, 3, 4];
  const run = (op: Op, range: object = { buffer: target, shape }) =>
    engine()
      .chain([op])
      .run(range as never);
  const std = (axis: number, values: Parameters<typeof perAxis>[1]) =>
    noise({ std: perAxis(axis, values) });
  const unusable = device.createBuffer({ size: 12, usage: GPUBufferUsage.COPY_DST });
  const calls = {
    'run: target must have a shape where noise.std is per axis, got none': () =>
      run(std(0, [1, 2]), { buffer: target }),
    "run: noise.std must be per axis 0 to 2 of the target's shape, got 3": () => run(std(3, [1])),
    "run: noise.std must hold 3 numbers (axis 1 of the target's shape), got 2": () =>
      run(std(1, [1, 2])),
    "run: noise.std must hold 3 numbers (axis 1 of the target's shape), got 1": () =>
      run(std(1, numbers(1))),
    'run: noise.std must hold 24 numbers (elements of the run), got 3': () =>
      run(noise({ std: numbers(1, 2, 3) })),
    'run: noise.std must be a buffer with usage GPUBufferUsage.STORAGE, got usage 0x8': () =>
      run(std(1, unusable)),
    'run: noise.std must be in a GPUBuffer, got a Float32Array': () =>
      run(noise({ std: new Float32Array(24) })),
    "run: noise.std must not be in a target's buffer, got the same": () =>
      run(noise({ std: target })),
    'run: target.shape must be of 23 elements, got 2 × 3 × 4': () =>
      run(noise(), { buffer: target, count: 23, shape }),
    'run: target.shape must hold whole numbers ≥ 0, got -1': () =>
      run(noise(), { buffer: target, shape: [2, -1] }),
    'run: target.shape must be a list of sizes, got 24': () =>
      run(noise(), { buffer: target, shape: 24 }),
    'run: target.count must be a whole number from 0 to 24 (elements after offset), got 48': () =>
      run(noise(), { buffer: target, shape: [2, 24] }),
    'noise: std.values[1] must be a finite number ≥ 0, got -1': () => std(0, [1, -1]),
    'noise: unknown field "axis" in std, known are perAxis, values': () =>
      noise({ std: { axis: 1, values: [1] } as never }),
    'perAxis: axis must be a whole number ≥ 0, got -1': () => perAxis(-1, [1]),
    'perAxis: values must be a list of numbers or a GPUBuffer, got 3': () => perAxis(0, 3 as never),
    'run: noise.std must be at most 32 bytes, got 96': () => {
      const tiny = createNoiseEngine(withLimits(device, { maxStorageBufferBindingSize: 32 }));
      const list = Array<number>(24).fill(1);
      tiny.chain([std(0, list)]).run({ buffer: target, shape: [24] });
    },
    'chain: at most': () => {
      const many = noise({ mean: perAxis(0, [1, 2]), std: perAxis(0, [1, 2]) });
      engine().chain(Array(64).fill(many));
    },
  };

  it.each(Object.entries(calls))('%s', async (sentence, call) => {
    expect(call).toThrow(sentence);
    expect(await read(target, 'f32')).toEqual(new Float32Array(24));
  });

  it('by the reference in the same words, leaving its arrays as they were', () => {
    const array = new Float32Array(24);
    const chain = createReferenceEngine().chain([noise(), std(1, [1, 2])]);
    expect(() => chain.run({ buffer: array, shape })).toThrow(
      "run: noise.std must hold 3 numbers (axis 1 of the target's shape), got 2",
    );
    expect(array).toEqual(new Float32Array(24));
  });
});
