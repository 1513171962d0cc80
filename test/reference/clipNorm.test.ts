import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipNorm, normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { itRefuses } from '../refusals.js';

const cpu = createReferenceEngine({ seed: 12 });
const clip = (
  target: Float32Array | { buffer: Float32Array; shape: number[] },
  options: Parameters<typeof clipNorm>[0],
) => cpu.chain([clipNorm(options)]).run(target);
const norm = (data: Iterable<number>) => Math.hypot(...data);

describe('clipNorm', () => {
  it('brings a norm down to its limit, and leaves a smaller one as it is', () => {
    const data = new Float32Array(1000);
    for (const std of [1e-20, 1, 1e18, 1e36]) {
      for (const share of [1e-6, 0.3, 0.999, 1.001, 5]) {
        cpu.chain([normal({ std })]).run(data, { at: { position: 0 } });
        const before = data.slice();
        const max = Math.fround(share * norm(data));
        clip(data, { max });
        if (share > 1) {
          expect(data).toEqual(before);
          continue;
        }
        // The factor is cut off by up to 2^-23 of itself, each product is rounded by up to 2^-24, and the norm is
        // known to 2^-31 · √1000 < 2^-26; float64's own errors are far below 2^-40.
        const ratio = norm(data) / max;
        expect(ratio).toBeLessThanOrEqual(1 + 2 ** -24 + 2 ** -26 + 2 ** -40);
        expect(ratio).toBeGreaterThanOrEqual(1 - 2 ** -23 - 2 ** -24 - 2 ** -26 - 2 ** -40);
      }
    }
  });

  it('halves what is twice too long, to the bit', () => {
    const data = Float32Array.of(3, -4, 0, -0);
    clip(data, { max: 2.5 });
    expect(data).toEqual(Float32Array.of(1.5, -2, 0, 0)); // a product below 2^-100 is 0
  });

  it('takes a limit to its last bit', () => {
    const limit = 1 + 2 ** -23;
    const x = Float32Array.of(2);
    createReferenceEngine()
      .chain([clipNorm({ max: limit })])
      .run(x);
    expect(x[0]).toBe(limit);
  });

  it('never lengthens, whatever the numbers', () => {
    const list = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    const max = fc.float({ min: 2 ** -100, max: 2 ** 100, noNaN: true });
    fc.assert(
      fc.property(list, max, (numbers, limit) => {
        const data = Float32Array.from(numbers);
        clip(data, { max: limit });
        for (const [i, x] of data.entries()) {
          expect(Math.abs(x)).toBeLessThanOrEqual(Math.abs(numbers[i]!));
        }
        expect(norm(data)).toBeLessThanOrEqual(limit * (1 + 2 ** -23));
      }),
    );
  });

  it('clips each kept index on its own, and keeps those with NaN or infinity as they are', () => {
    const rows = Float32Array.of(6, 8, 0.3, 0.4, Number.NaN, 9, Infinity, 9, 0, 0);
    clip({ buffer: rows, shape: [5, 2] }, { max: 1, axis: 0 });
    expect(rows).toEqual(
      Float32Array.from([
        ...[
          Math.fround(6 * Math.fround(0.1 - 2 ** -27)),
          Math.fround(8 * Math.fround(0.1 - 2 ** -27)),
        ],
        ...[0.3, 0.4, Number.NaN, 9, Infinity, 9, 0, 0],
      ]),
    );
    const columns = Float32Array.of(6, 0.1, 8, 0.1);
    clip({ buffer: columns, shape: [2, 2] }, { max: 5, axis: 1 });
    expect(columns).toEqual(Float32Array.of(3, 0.1, 4, 0.1));
  });

  it('takes the norms of a list over all its tensors, index by index where axes are kept', () => {
    const tensors = () => [Float32Array.of(3, 0, 6, 0), Float32Array.of(0, 4, 0, 0, 8, 0)];
    const [a, b] = tensors() as [Float32Array, Float32Array];
    cpu.chain([clipNorm({ max: 2.5, axis: 0 })]).run([
      { buffer: a, shape: [2, 2] },
      { buffer: b, shape: [2, 3] },
    ]);
    expect([a, b]).toEqual([Float32Array.of(1.5, 0, 1.5, 0), Float32Array.of(0, 2, 0, 0, 2, 0)]);
    const all = tensors();
    cpu.chain([clipNorm({ max: 1 })]).run(all);
    const length = Math.hypot(...all[0]!, ...all[1]!);
    // A factor is cut off by up to 2^-23 of itself, each of two products rounded by up to 2^-24.
    expect(length).toBeLessThanOrEqual(1 + 2 ** -24);
    expect(length).toBeGreaterThan(1 - 2 ** -23 - 2 ** -24);
  });

  const data = new Float32Array(6);
  itRefuses(RangeError, {
    'clipNorm: max must be at least 2^-100, got 0': () => clipNorm({ max: 0 }),
    'clipNorm: max must be a finite f32 number, got Infinity': () => clipNorm({ max: Infinity }),
    'clipNorm: axis must be a whole number ≥ 0 or a rising list of such, got -1': () =>
      clipNorm({ max: 1, axis: -1 }),
    'clipNorm: axis must be a whole number ≥ 0 or a rising list of such, got 0': () =>
      clipNorm({ max: 1, axis: [1, 0] }),
    'clipNorm: axis must be a whole number ≥ 0 or a rising list of such, got an empty list': () =>
      clipNorm({ max: 1, axis: [] }),
    'run: clipNorm.axis must be a whole number from 0 to 1 (of a shape with 2 axes), got 2': () =>
      clip({ buffer: data, shape: [2, 3] }, { max: 1, axis: 2 }),
    'run: clipNorm.axis must have as many indices in each target of the list, got 2 in targets[0] and 3 in targets[1]':
      () =>
        cpu.chain([clipNorm({ max: 1, axis: 0 })]).run([
          { buffer: data, shape: [2, 3] },
          { buffer: data.slice(), shape: [3, 2] },
        ]),
    "run: clipNorm.axis must leave at most 4 runs of neighbouring axes of the target's shape, got 5":
      () =>
        clip({ buffer: new Float32Array(32), shape: [2, 2, 2, 2, 2] }, { max: 1, axis: [0, 2, 4] }),
  });
  itRefuses(TypeError, {
    'clipNorm: max must be a number, got undefined': () => clipNorm({} as never),
    'clipNorm: unknown field "norm" in options': () => clipNorm({ norm: 1 } as never),
    'run: target must have a shape where clipNorm.axis is given, got none': () =>
      clip(data, { max: 1, axis: 0 }),
  });
});
