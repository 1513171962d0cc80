import { describe, expect, it } from 'vitest';
import {
  bits,
  clip,
  custom,
  dropout,
  noise,
  normal,
  type Op,
  perAxis,
  poisson,
  saltPepper,
  truncatedNormal,
  uniform,
} from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { expectSameBits } from '../bits.js';
import { itRefuses } from '../refusals.js';
import { testDevice } from './device.js';

const { engine, buffer, read } = await testDevice();

/** Noise added to zeros of a shape, and the samples that it took. */
async function noiseOf(op: ReturnType<typeof noise>, shape: readonly number[], position = 0) {
  const gpu = engine({ seed: 4, position });
  const target = buffer(new Float32Array(shape.reduce((a, b) => a * b)));
  gpu.chain([op]).run({ buffer: target, shape });
  return { values: await read(target, 'f32'), samples: gpu.state.position - BigInt(position) };
}

describe('a shared draw', () => {
  it('is the same along the axes that share it, and draws that much less', async () => {
    const plain = await noiseOf(noise(), [4 * 25], 3);
    const { values, samples } = await noiseOf(noise({ share: [1] }), [4, 3, 25], 3);
    expect(samples).toBe(100n);
    for (const [i, value] of values.entries()) {
      const [n, pixel] = [Math.floor(i / 75), i % 25];
      expect(value).toBe(plain.values[25 * n + pixel]);
    }
  });

  it('over the batch is the same noise in all of it', async () => {
    const { values, samples } = await noiseOf(noise({ share: [0] }), [4, 75]);
    expect(samples).toBe(75n);
    for (const n of [1, 2, 3])
      expectSameBits(values.subarray(75 * n, 75 * n + 75), values.subarray(0, 75));
  });

  it('over all axes is one sample', async () => {
    const { values, samples } = await noiseOf(noise({ share: [0, 1, 2] }), [2, 3, 5]);
    expect(samples).toBe(1n);
    expect(new Set(values).size).toBe(1);
  });
});

describe('apply', () => {
  it('keeps an element or noises it, each for itself, p of them', async () => {
    const count = 2 ** 16;
    const { values, samples } = await noiseOf(noise({ mean: 9, apply: { p: 0.25 } }), [count]);
    expect(samples).toBe(2n * BigInt(count));
    const changed = values.filter((value) => value !== 0).length;
    // A binomial count: six standard deviations of √(n·p·(1 − p)).
    expect(Math.abs(changed - count / 4)).toBeLessThan(6 * Math.sqrt(count * 0.25 * 0.75));
    const all = (await noiseOf(noise({ mean: 9 }), [count])).values;
    for (const [i, value] of values.entries()) if (value !== 0) expect(value).toBe(all[i]);
  });

  it('along an axis does whole samples of a batch or none', async () => {
    const shape = [64, 30];
    const { values, samples } = await noiseOf(
      noise({ mean: 9, apply: { p: 0.5, axis: 0 } }),
      shape,
    );
    expect(samples).toBe(64n * 30n + 64n);
    const noised = Array.from({ length: 64 }, (_, n) => {
      const kinds = new Set(
        values.subarray(30 * n, 30 * n + 30).map((value) => (value === 0 ? 0 : 1)),
      );
      expect(kinds.size).toBe(1);
      return kinds.has(1);
    });
    expect(new Set(noised).size).toBe(2);
  });

  it('with p 0 does nothing and with p 1 everything', async () => {
    const never = await noiseOf(noise({ apply: { p: 0 } }), [100]);
    expectSameBits(never.values, new Float32Array(100));
    const always = await noiseOf(noise({ apply: { p: 1 } }), [100]);
    expectSameBits(always.values, (await noiseOf(noise(), [100])).values);
  });
});

describe('draws', () => {
  it('follow each other in the stream, whatever they share', async () => {
    const shape = [2, 3, 7];
    const ops = [
      noise({ share: [1], apply: { p: 0.5, axis: 1 } }),
      dropout({ rate: 0.2 }),
      clip({ max: 1 }),
    ];
    const gpu = engine({ seed: 1, position: 2n ** 34n - 20n });
    const cpu = createReferenceEngine({ seed: 1, position: 2n ** 34n - 20n });
    for (let run = 0; run < 3; run++) {
      const target = buffer(new Float32Array(42).fill(2));
      gpu.chain(ops).run({ buffer: target, shape });
      const expected = new Float32Array(42).fill(2);
      cpu.chain(ops).run({ buffer: expected, shape });
      expectSameBits(await read(target, 'f32'), expected);
      expect(gpu.state).toEqual(cpu.state);
    }
    expect(gpu.state.position).toBe(2n ** 34n - 20n + 3n * (14n + 3n + 42n));
  });

  it('leave empty targets of a list out, with or without a shape', async () => {
    const op = noise({ std: perAxis(1, [1, 2, 3, 4]), share: [0], apply: { p: 0.5, axis: 0 } });
    const full = () => ({ buffer: buffer(new Float32Array(8)), shape: [2, 4] });
    const [alone, amid] = [full(), full()];
    const none = buffer(new Float32Array(1));
    const gpu = engine({ seed: 8 });
    gpu.chain([op]).run(alone);
    const after = gpu.state;
    gpu.state = { position: 0 };
    gpu.chain([op]).run([{ buffer: none, count: 0 }, amid, { buffer: none, shape: [0, 4] }]);
    expect(gpu.state).toEqual(after);
    expectSameBits(await read(amid.buffer, 'f32'), await read(alone.buffer, 'f32'));
    const cpu = createReferenceEngine({ seed: 8 });
    const [array, empty] = [new Float32Array(8), new Float32Array(0)];
    cpu.chain([op]).run([
      { buffer: empty, count: 0 },
      { buffer: array, shape: [2, 4] },
    ]);
    expect(cpu.state).toEqual(after);
    expectSameBits(await read(alone.buffer, 'f32'), array);
  });

  const target = { buffer: buffer(new Float32Array(24)), shape: [2, 3, 4] };
  const run = (op: ReturnType<typeof noise>, range: object = target) =>
    engine()
      .chain([op])
      .run(range as never);
  itRefuses(TypeError, {
    'run: target must have a shape where noise.share names axes, got none': () =>
      run(noise({ share: [0] }), target.buffer),
    'run: target must have a shape where noise.apply.axis names axes, got none': () =>
      run(noise({ apply: { p: 1, axis: 0 } }), target.buffer),
    'noise: share must be a list of axes, got 1': () => noise({ share: 1 as never }),
    'noise: apply must be an object, got 0.5': () => noise({ apply: 0.5 as never }),
    'normal: unknown field "apply" in options': () => normal({ apply: { p: 1 } } as never),
    'custom: share and apply need a step that draws, got draws "nothing"': () =>
      custom({ wgsl: 'return x;', reference: (x) => x, apply: { p: 1 } }),
  });
  itRefuses(RangeError, {
    "run: noise.share must be of axes 0 to 2 of the target's shape, got 3": () =>
      run(noise({ share: [3] })),
    'noise: share must hold whole numbers ≥ 0, got -1': () => noise({ share: [-1] }),
    'noise: apply.p must be from 0 to 1, got 2': () => noise({ apply: { p: 2 } }),
    "run: noise.share must leave at most 4 runs of neighbouring axes of the target's shape, got 5":
      () =>
        run(noise({ share: [1, 3] }), {
          buffer: buffer(new Float32Array(32)),
          shape: [2, 2, 2, 2, 2],
        }),
    'uniform: low must be < high, got low 1 and high 1': () => uniform({ low: 1, share: [0] }),
  });
});

describe('a number that is the probability itself', () => {
  const COUNT = 16;

  /** The uniform numbers of the first samples, which are f32. */
  function uniforms(count: number): number[] {
    const words = new Uint32Array(count);
    createReferenceEngine({ seed: 8 }).chain([bits()], { format: 'u32' }).run(words);
    return Array.from(words, (word) => (word >>> 8) * 2 ** -24);
  }

  it.each<[string, (u: number) => Op, number]>([
    ['dropout’s rate', (u) => dropout({ rate: u }), 0],
    ['saltPepper’s p', (u) => saltPepper({ p: u, ratio: 1, low: 5, high: 6 }), 0],
    ['the part of salt', (u) => saltPepper({ p: 1, ratio: u, low: 5, high: 6 }), 0],
    ['apply’s p', (u) => noise({ apply: { p: u } }), COUNT],
  ])('is not below %s', async (_, op, from) => {
    for (const u of uniforms(from + COUNT).slice(from)) {
      const expected = new Float32Array(COUNT).fill(1);
      const target = buffer(expected);
      createReferenceEngine({ seed: 8 })
        .chain([op(u)])
        .run(expected);
      engine({ seed: 8 })
        .chain([op(u)])
        .run(target);
      expectSameBits(await read(target, 'f32'), expected);
    }
  });
});

describe('numbers at the edge of a rule', () => {
  it.each<[string, Op, number]>([
    ['counts at a rate of 16, where they are no longer searched for', poisson(), 16],
    ['an interval that begins at 0', truncatedNormal({ low: 0, high: 2 ** -21 }), 0],
    ['an interval around 0', truncatedNormal({ low: -0.5, high: 2 }), 0],
  ])('are as the reference has them: %s', async (_, op, x) => {
    const expected = new Float32Array(2 ** 20).fill(x);
    const target = buffer(expected);
    engine({ seed: 2 }).chain([op]).run(target);
    createReferenceEngine({ seed: 2 }).chain([op]).run(expected);
    expectSameBits(await read(target, 'f32'), expected);
  });
});
