import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { itRefuses } from '../refusals.js';

const cpu = createReferenceEngine({ seed: 12 });
const norm = (data: Iterable<number>) => Math.hypot(...data);

describe('clipNorm', () => {
  it('brings a norm down to its limit, and leaves a smaller one as it is', () => {
    const data = new Float32Array(1000);
    for (const std of [1e-20, 1, 1e18, 1e36]) {
      for (const share of [1e-6, 0.3, 0.999, 1.001, 5]) {
        cpu.chain([normal({ std })]).run(data, { at: { position: 0 } });
        const before = data.slice();
        const max = Math.fround(share * norm(data));
        cpu.clipNorm(data, { max });
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
    cpu.clipNorm(data, { max: 2.5 });
    expect(data).toEqual(Float32Array.of(1.5, -2, 0, 0)); // a product below 2^-100 is 0
  });

  it('never lengthens, whatever the numbers', () => {
    const list = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    const max = fc.float({ min: 2 ** -100, max: 2 ** 100, noNaN: true });
    fc.assert(
      fc.property(list, max, (numbers, limit) => {
        const data = Float32Array.from(numbers);
        cpu.clipNorm(data, { max: limit });
        for (const [i, x] of data.entries()) {
          expect(Math.abs(x)).toBeLessThanOrEqual(Math.abs(numbers[i]!));
        }
        expect(norm(data)).toBeLessThanOrEqual(limit * (1 + 2 ** -23));
      }),
    );
  });

  it('clips each kept index on its own, and keeps those with NaN or infinity as they are', () => {
    const rows = Float32Array.of(6, 8, 0.3, 0.4, Number.NaN, 9, Infinity, 9, 0, 0);
    cpu.clipNorm(rows, { max: 1, shape: [5, 2], axis: 0 });
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
    cpu.clipNorm(columns, { max: 5, shape: [2, 2], axis: 1 });
    expect(columns).toEqual(Float32Array.of(3, 0.1, 4, 0.1));
  });

  const data = new Float32Array(6);
  itRefuses(RangeError, {
    'clipNorm: max must be at least 2^-100, got 0': () => cpu.clipNorm(data, { max: 0 }),
    'clipNorm: max must be a finite f32 number, got Infinity': () =>
      cpu.clipNorm(data, { max: Infinity }),
    "clipNorm: shape must hold the target's 6 elements, got 7": () =>
      cpu.clipNorm(data, { max: 1, shape: [7], axis: 0 }),
  });
  itRefuses(TypeError, {
    'clipNorm: max must be a number, got undefined': () => cpu.clipNorm(data, {} as never),
    'clipNorm: axis must be given with shape, got none': () =>
      cpu.clipNorm(data, { max: 1, shape: [6] }),
    'clipNorm: unknown field "norm" in options': () => cpu.clipNorm(data, { norm: 1 } as never),
    'clipNorm: format must be "f32"': () => cpu.clipNorm(data, { max: 1, format: 'u32' }),
  });
});
