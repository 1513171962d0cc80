import { describe, expect, it } from 'vitest';
import { affine, clip, hashWords, normal, uniform } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { floatBelow } from '../../src/reference/float.js';
import { poissonCount } from '../../src/reference/poisson.js';
import { expectSameBits } from '../bits.js';
import { functions, poissonEdges } from '../functions.js';
import { testDevice } from './device.js';
import { countsOf, resultsOf } from './words.js';

const { device, engine, buffer, read } = await testDevice();

/** Numbers at which something changes, and their neighbours. */
const edges = Float32Array.from(
  [0, 2 ** -149, 2 ** -126, 2 ** -100, 0.5, 1, 2, 3, 2 ** 27, 2 ** 127, Infinity].flatMap((x) => {
    const near = [x, floatBelow(x)];
    return [...near, ...near.map((y) => -y)];
  }),
);

/** Each of them with each. */
const [these, those] = [0, 1].map((which) =>
  Float32Array.from({ length: edges.length ** 2 }, (_, i) => {
    return edges[which === 0 ? i % edges.length : Math.floor(i / edges.length)]!;
  }),
) as [Float32Array, Float32Array];

describe('the GPU', () => {
  it.each(functions)('has the specified bits of $name', async (specified) => {
    expect(hashWords(await resultsOf(device, specified, 'xor'))).toBe(specified.hash);
  });

  it('changes its counts at the words of the reference', async () => {
    const edges = poissonEdges();
    const expected = Float32Array.from(edges, ([word, rate]) => poissonCount(word, rate));
    expectSameBits(await countsOf(device, edges, 'xor'), expected);
  });

  it('adds, multiplies, clamps and keeps edge numbers as the reference does', async () => {
    const steps = [
      (other: GPUBuffer | Float32Array) => affine({ scale: other }),
      (other: GPUBuffer | Float32Array) => affine({ shift: other }),
      (other: GPUBuffer | Float32Array) => clip({ min: other, max: Infinity }),
      (other: GPUBuffer | Float32Array) => clip({ max: other }),
    ];
    for (const step of steps) {
      const expected = these.slice();
      createReferenceEngine()
        .chain([step(those)])
        .run(expected);
      const target = buffer(these);
      engine()
        .chain([step(buffer(those))])
        .run(target);
      expectSameBits(await read(target, 'f32'), expected);
    }
  });

  it('draws between edge numbers as the reference does, whichever of them is higher', async () => {
    const finite = [...these.keys()].filter((i) =>
      Number.isFinite(Math.fround(those[i]! - these[i]!)),
    );
    const [lows, highs] = [these, those].map((all) =>
      Float32Array.from(finite, (i) => all[i]!),
    ) as [Float32Array, Float32Array];
    const target = buffer(lows);
    const expected = lows.slice();
    for (let position = 0; position < 40; position++) {
      createReferenceEngine()
        .chain([uniform({ low: lows, high: highs })])
        .run(expected, { at: { position } });
      engine()
        .chain([uniform({ low: buffer(lows), high: buffer(highs) })])
        .run(target, { at: { position } });
      expectSameBits(await read(target, 'f32'), expected);
    }
  });

  it('takes normals below 2^-100 for 0, and keeps those that are not', async () => {
    for (const [op, expected] of [
      [normal({ std: 2 ** -110 }), 0],
      [normal({ mean: 2 ** -100, std: 0 }), 2 ** -100],
      [normal({ mean: floatBelow(2 ** -100), std: 0 }), 0],
    ] as const) {
      const target = buffer(new Float32Array(16).fill(1));
      engine().chain([op]).run(target);
      expectSameBits(await read(target, 'f32'), new Float32Array(16).fill(expected));
    }
  });

  it('holds what is drawn from an infinite number up below the other end', async () => {
    const [low, high] = [Infinity, 1].map((bound) => buffer(Float32Array.of(bound)));
    const target = buffer(new Float32Array(1));
    engine()
      .chain([uniform({ low: low!, high: high! })])
      .run(target);
    expectSameBits(await read(target, 'f32'), [floatBelow(1)]);
  });
});
