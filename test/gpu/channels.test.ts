import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  choleskyFactor,
  clip,
  createNoiseEngine,
  custom,
  diffuse,
  type Format,
  gaussianDropout,
  type Matrix,
  noise,
  normal,
  type Op,
  perturb,
  speckle,
} from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { mat3, quat } from 'wgpu-matrix';
import { places } from '../arbitrary.js';
import { storedArray, strangeElements } from '../arrays.js';
import { expectSameBits } from '../bits.js';
import { allFormats, someMatrix } from '../kernels.js';
import { elementsOf, rgbaOf, strangePixels } from '../pixels.js';
import { itRefuses } from '../refusals.js';
import { testDevice, withLimits } from './device.js';
import { createTexture, readTexture } from './textures.js';

const { device, engine, buffer, read } = await testDevice({
  requiredFeatures: ['bgra8unorm-storage'],
});

/** A shape of up to 1500 elements, one of its axes, and a matrix for this axis. */
const mixtures = fc
  .tuple(
    fc.integer({ min: 2, max: 4 }),
    fc.array(fc.constantFrom(1, 2, 3, 4, 5, 7, 8), { maxLength: 3 }),
  )
  .filter(([size, rest]) => rest.reduce((all, length) => all * length, size) <= 1500)
  .chain(([size, rest]) => {
    const entries = { minLength: size * size, maxLength: size * size };
    return fc.record({
      shape: fc.nat(rest.length).map((axis) => {
        return { axis, sizes: [...rest.slice(0, axis), size, ...rest.slice(axis)] };
      }),
      matrix: fc.array(fc.float({ min: -9, max: 9, noNaN: true }), entries),
    });
  });

/** What ops make of elements of a shape on the GPU. */
async function gpuRun(ops: readonly Op[], shape: readonly number[], x = 0, position = 0) {
  const target = buffer(new Float32Array(shape.reduce((a, b) => a * b)).fill(x));
  const gpu = engine({ seed: 4, position });
  gpu.chain(ops).run({ buffer: target, shape });
  const values = await read(target, 'f32');
  target.destroy();
  return { values, samples: gpu.state.position - BigInt(position) };
}

describe('channels', () => {
  it('are sums over what each channel would have drawn, in last place or elsewhere', async () => {
    for (const { shape, axis, stride } of [
      { shape: [50, 3], axis: undefined, stride: 1 },
      { shape: [5, 3, 7], axis: 1, stride: 7 },
      { shape: [3, 64], axis: 0, stride: 64 },
    ]) {
      const matrix = someMatrix(3);
      const channels = axis === undefined ? matrix : { matrix, axis };
      const { values: z } = await gpuRun([noise()], shape, 0, 1);
      const { values, samples } = await gpuRun([noise({ channels })], shape, 0, 1);
      expect(samples).toBe(BigInt(z.length));
      for (const [i, value] of values.entries()) {
        const c = Math.floor(i / stride) % 3;
        const products = [0, 1, 2].map((k) =>
          Math.fround(Math.fround(matrix[3 * k + c]!) * z[i + (k - c) * stride]!),
        );
        expect(value).toBe(products.reduce((sum, p) => Math.fround(sum + p), 0));
      }
    }
  });

  it('are sums over shared samples where samples are shared', async () => {
    const matrix = someMatrix(3);
    const z = (await gpuRun([noise()], [24])).values;
    for (const { share, sampleOf, samples } of [
      { share: [2], sampleOf: (n: number, k: number) => 3 * n + k, samples: 6n },
      { share: [0], sampleOf: (_: number, k: number, w: number) => 4 * k + w, samples: 12n },
      { share: [0, 2], sampleOf: (_: number, k: number) => k, samples: 3n },
    ]) {
      const found = await gpuRun([noise({ channels: { matrix, axis: 1 }, share })], [2, 3, 4]);
      expect(found.samples).toBe(samples);
      for (const [i, value] of found.values.entries()) {
        const [n, c, w] = [Math.floor(i / 12), Math.floor(i / 4) % 3, i % 4];
        const products = [0, 1, 2].map((k) =>
          Math.fround(Math.fround(matrix[3 * k + c]!) * z[sampleOf(n, k, w)]!),
        );
        expect(value).toBe(products.reduce((sum, p) => Math.fround(sum + p), 0));
      }
    }
  });

  it('give the reference’s bits for any shape, axis, matrix, format, range and place', async () => {
    const limits = { maxStorageBufferBindingSize: 256, maxComputeInvocationsPerWorkgroup: 128 };
    const gpus = [engine(), createNoiseEngine(withLimits(device, limits))];
    await fc.assert(
      fc.asyncProperty(
        mixtures,
        fc.constantFrom(...allFormats),
        places,
        fc.nat(70),
        fc.constantFrom('nothing', 'first', 'last'),
        fc.constantFrom(undefined, {}, { axis: 0 }),
        async ({ shape: { axis, sizes }, matrix }, options, at, offset, shared, applied) => {
          const others = [...sizes.keys()].filter((other) => other !== axis);
          const sharedAxis = { nothing: undefined, first: others[0], last: others.at(-1) }[shared];
          const op = noise({
            std: 3,
            channels: axis === sizes.length - 1 ? matrix : { matrix, axis },
            ...(sharedAxis !== undefined && { share: [sharedAxis] }),
            ...(applied && { apply: { p: 0.5, ...applied } }),
          });
          const ops = [op, clip({ max: 200 })];
          const range = { offset, shape: sizes };
          const data = strangeElements(options.format);
          const expected = data.slice();
          const cpu = createReferenceEngine().chain(ops, options);
          cpu.run({ buffer: expected, ...range }, { at });
          for (const gpu of gpus) {
            const target = buffer(data);
            gpu.chain(ops, options).run({ buffer: target, ...range }, { at });
            const result = storedArray(options.format, await read(target, options.format));
            expectSameBits(result, expected);
            target.destroy();
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('of a list of targets lie along the axes of each', async () => {
    const shapes = [[11, 3], [2, 5, 3], [3], [1, 7, 1, 3]];
    const op = noise({ channels: someMatrix(3), apply: { p: 0.7 } });
    const zeros = () => shapes.map((shape) => new Float32Array(shape.reduce((a, b) => a * b)));
    const expected = zeros();
    const cpu = createReferenceEngine({ seed: 2, position: 3 });
    cpu.chain([op]).run(expected.map((array, i) => ({ buffer: array, shape: shapes[i]! })));
    const targets = zeros().map((array, i) => ({ buffer: buffer(array), shape: shapes[i]! }));
    const gpu = engine({ seed: 2, position: 3 });
    gpu.chain([op]).run(targets);
    for (const [i, target] of targets.entries()) {
      expectSameBits(await read(target.buffer, 'f32'), expected[i]!);
    }
    expect(gpu.state).toEqual(cpu.state);
    const count = expected.reduce((sum, { length }) => sum + length, 0);
    const { values } = await gpuRun([noise({ channels: someMatrix(3) })], [count / 3, 3]);
    const flat = createReferenceEngine({ seed: 4 });
    const arrays = zeros().map((array, i) => ({ buffer: array, shape: shapes[i]! }));
    flat.chain([noise({ channels: someMatrix(3) })]).run(arrays);
    expectSameBits(
      values,
      arrays.flatMap((array) => [...array.buffer]),
    );
  });

  it('are taken out of place from any element to any other', async () => {
    const ops = [noise({ std: 20, channels: someMatrix(4) })];
    for (const format of ['f32', 'bf16', 'u8'] as const satisfies Format[]) {
      const data = strangeElements(format);
      for (const [from, to] of [
        [0, 1],
        [3, 2],
        [66, 65],
      ] as const) {
        const range = { count: 300, shape: [75, 4] };
        const target = buffer(data.slice().fill(7));
        const source = { buffer: buffer(data), offset: from, ...range };
        const gpu = engine({ seed: 1 }).chain(ops, { format });
        gpu.run({ source, target: { buffer: target, offset: to, ...range } });
        const expected = data.slice().fill(7);
        const cpu = createReferenceEngine({ seed: 1 }).chain(ops, { format });
        cpu.run({
          source: { buffer: data, offset: from, ...range },
          target: { buffer: expected, offset: to, ...range },
        });
        expectSameBits(storedArray(format, await read(target, format)), expected);
      }
    }
  });

  it('of a texture are its colors, and get the noise that its bytes get in a buffer', async () => {
    const size = { width: 31, height: 9 };
    for (const [format, alpha] of [
      ['rgba8unorm', false],
      ['bgra8unorm', true],
    ] as const) {
      const n = alpha ? 4 : 3;
      const ops = [noise({ std: 50, channels: someMatrix(n) })];
      const rgba = strangePixels('u8', size);
      const source = createTexture(device, format, size, rgba);
      const target = createTexture(device, format, size);
      const at = { seed: 3, position: 2 };
      engine().chain(ops, { format: 'u8' }).run({ source, target, alpha }, { at });
      const elements = elementsOf(rgba, n);
      const bytes = buffer(elements);
      const shape = [9, 31, n];
      engine().chain(ops, { format: 'u8' }).run({ buffer: bytes, shape }, { at });
      const noisy = new Uint8Array(await read(bytes, 'u8')).subarray(0, elements.length);
      expectSameBits(await readTexture(device, target, size, 'u8'), rgbaOf(noisy, rgba));
      createReferenceEngine().chain(ops, { format: 'u8' }).run({ buffer: elements, shape }, { at });
      expectSameBits(noisy, elements);
    }
  });

  it('mixed by the identity are as they would be without', async () => {
    for (const n of [2, 3, 4]) {
      const identity = Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
      for (const shape of [
        [33, n],
        [n, 33],
      ]) {
        const channels = { matrix: identity, axis: shape.indexOf(n) };
        const plain = await gpuRun([noise({ mean: 1, std: 2 })], shape, 5);
        const mixed = await gpuRun([noise({ mean: 1, std: 2, channels })], shape, 5);
        expectSameBits(mixed.values, plain.values);
      }
    }
  });

  it('work with every op that draws normals', async () => {
    const channels = someMatrix(3);
    const wgsl = 'return barrier_quad(x * z);';
    const reference = (x: number, z: number) => x * z;
    for (const op of [
      noise({ channels }),
      normal({ channels, share: [0] }),
      speckle({ channels }),
      perturb({ std: 0.1, channels }),
      diffuse({ a: 0.6, b: 0.8, channels }),
      gaussianDropout({ rate: 0.3, channels, apply: { p: 0.5 } }),
      custom({ wgsl, reference, draws: 'normal', channels }),
    ]) {
      const { values } = await gpuRun([op], [20, 3], 2);
      const expected = new Float32Array(60).fill(2);
      createReferenceEngine({ seed: 4 })
        .chain([op])
        .run({ buffer: expected, shape: [20, 3] });
      expectSameBits(values, expected);
    }
    const weights = buffer(new Float32Array(60).fill(2));
    engine({ seed: 4 }).perturb([{ buffer: weights, shape: [20, 3] }], { std: 0.1, channels });
    const { values } = await gpuRun([perturb({ std: 0.1, channels })], [20, 3], 2);
    expectSameBits(await read(weights, 'f32'), values);
  });

  it('keep products and sums below 2^-100 out', async () => {
    const { values: z } = await gpuRun([noise()], [500, 2]);
    const tiny = 2 ** -100;
    const { values } = await gpuRun([normal({ channels: [tiny, 1, -tiny, 0] })], [500, 2]);
    const kept = (x: number) => (Math.abs(x) < tiny ? 0 : x);
    const wanted = z.map((_, i) => {
      if (i % 2 === 1) return z[i - 1]!;
      const sum = kept(tiny * z[i]!) + kept(-tiny * z[i + 1]!);
      return kept(Math.fround(sum));
    });
    // There are pairs of products of which none is kept, one, and both, whose sum is not.
    const counts = new Set<string>();
    for (let i = 0; i < z.length; i += 2) {
      const products = [z[i]!, z[i + 1]!].filter((x) => Math.abs(x) >= 1).length;
      counts.add(`${products} ${wanted[i] === 0 ? 'nothing' : 'a sum'}`);
    }
    expect([...counts].sort()).toEqual(['0 nothing', '1 a sum', '2 a sum', '2 nothing']);
    expectSameBits(values, wanted);
  });

  it('may change their matrix and compile nothing', () => {
    const target = { buffer: buffer(new Float32Array(30)), shape: [10, 3] };
    const gpu = engine();
    gpu.chain([noise({ channels: someMatrix(3) })]).run(target);
    const pipelines = vi.spyOn(device, 'createComputePipeline');
    const modules = vi.spyOn(device, 'createShaderModule');
    const buffers = vi.spyOn(device, 'createBuffer');
    gpu.chain([noise({ channels: [1, 2, 3, 4, 5, 6, 7, 8, 9] })]).run(target);
    gpu
      .chain([noise({ channels: { matrix: mat3.identity(), axis: 0 } })])
      .run({ ...target, shape: [3, 10] });
    for (const spy of [pipelines, modules, buffers]) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});

describe('the covariance of 2^20 pixels', () => {
  const PIXELS = 2 ** 20;
  const turn = mat3.fromQuat(quat.fromEuler(0.3, -1.1, 0.7, 'xyz'));
  const factor = mat3.multiply(turn, mat3.scaling3D([2, 1, 0.25]));
  const covariance = mat3.multiply(factor, mat3.transpose(factor));

  /** Mean products of the channels, at [i, j] for i ≥ j, in standard errors from what they should be. */
  async function errors(channels: Matrix, wanted: (i: number, j: number) => number) {
    const target = buffer(new Float32Array(3 * PIXELS));
    engine({ seed: 9 })
      .chain([normal({ channels })])
      .run({ buffer: target, shape: [1024, 1024, 3] });
    const x = await read(target, 'f32');
    target.destroy();
    return [0, 1, 2].flatMap((i) =>
      [0, 1, 2].slice(0, i + 1).map((j) => {
        let sum = 0;
        for (let at = 0; at < x.length; at += 3) sum += x[at + i]! * x[at + j]!;
        // The variance of a product of two normals of mean 0: Isserlis, Biometrika 12 (1918), 134.
        const variance = wanted(i, i) * wanted(j, j) + wanted(i, j) ** 2;
        return (sum / PIXELS - wanted(i, j)) / Math.sqrt(variance / PIXELS);
      }),
    );
  }

  // The seed is fixed: what passes once always does. Chance alone would fail one seed in 12,000:
  // twelve times 6.8e-6, the two tails beyond 4.5 standard errors.
  it.each([
    ['a rotation times scales, as wgpu-matrix lays it out', factor],
    ['the Cholesky factor of a covariance matrix', choleskyFactor(covariance)],
  ] as const)('is that of its matrix: %s', async (_, matrix) => {
    const found = await errors(matrix, (i, j) => covariance[4 * j + i]!);
    for (const error of found) expect(Math.abs(error)).toBeLessThan(4.5);
  });

  it('would not pass as another, 2 % off or of rows for columns', async () => {
    const wider = await errors(factor, (i, j) => 1.02 * covariance[4 * j + i]!);
    expect(Math.max(...wider.map(Math.abs))).toBeGreaterThan(4.5);
    const turned = await errors(mat3.transpose(factor), (i, j) => covariance[4 * j + i]!);
    expect(Math.max(...turned.map(Math.abs))).toBeGreaterThan(4.5);
  });
});

describe('channels are refused', () => {
  const target = { buffer: buffer(new Float32Array(24)), shape: [2, 3, 4] };
  const run = (op: Op, range: object = target) =>
    engine()
      .chain([op])
      .run(range as never);
  itRefuses(TypeError, {
    'run: target must have a shape where noise.channels names an axis, got none': () =>
      run(noise({ channels: someMatrix(3) }), { buffer: target.buffer }),
  });
  itRefuses(RangeError, {
    "run: noise.channels.axis must be of axes 0 to 2 of the target's shape, got 3": () =>
      run(noise({ channels: { matrix: someMatrix(3), axis: 3 } })),
    'run: noise.channels must mix along an axis of size 3, that of its matrix, got axis 2 of size 4':
      () => run(noise({ channels: someMatrix(3) })),
    'run: noise.channels must mix along an axis of size 4, that of its matrix, got axis 1 of size 3':
      () => run(noise({ channels: { matrix: someMatrix(4), axis: 1 } })),
    'run: noise.channels must mix along an axis that is not in noise.share, got axis 2 in both':
      () => run(noise({ channels: someMatrix(4), share: [0, 2] })),
  });

  it('in the same words by the reference, and nothing is changed', async () => {
    const array = new Float32Array(24);
    const chain = createReferenceEngine().chain([noise(), noise({ channels: someMatrix(3) })]);
    expect(() => chain.run({ buffer: array, shape: [2, 3, 4] })).toThrow(
      'run: noise.channels must mix along an axis of size 3, that of its matrix, got axis 2 of size 4',
    );
    expectSameBits(array, new Float32Array(24));
    expectSameBits(await read(target.buffer, 'f32'), new Float32Array(24));
  });
});
