import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normal, perAxis, perturb, snr } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { statistics } from '../../src/reference/statistic.js';
import { isStatistic } from '../../src/statistic.js';
import { itRefuses } from '../refusals.js';

const cpu = createReferenceEngine({ seed: 5 });

/** The root mean square of some numbers, as ops find it. */
function rmsOf(numbers: Float32Array): number {
  const groups = {
    count: 1,
    size: numbers.length,
    kept: [],
    reduced: [{ length: numbers.length, stride: 1 }],
  };
  const rms = { statistic: 'rms', limit: 0, of: 'target' } as const;
  expect(isStatistic(rms)).toBe(true);
  return statistics(rms, [numbers], [{ groups, base: 0 }])[0]!;
}

describe('the root mean square', () => {
  it('is cut off after 24 bits, for numbers of any size', () => {
    const numbers = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (list) => {
        const data = Float32Array.from(list);
        const exact = Math.hypot(...data) / Math.sqrt(data.length);
        const rms = rmsOf(data);
        if (exact < 2 ** -125) expect(rms).toBeLessThanOrEqual(2 ** -125);
        else {
          // Each magnitude is off by up to half of 2^-30 of the largest, which is at most √n of the rms;
          // a root has half of a sum's error; float64's own errors are far below 2^-40.
          const off = Math.sqrt(data.length) * 2 ** -31 + 2 ** -40;
          expect(rms / exact).toBeGreaterThan(1 - 2 ** -23 - off);
          expect(rms / exact).toBeLessThan(1 + off);
        }
      }),
    );
  });

  it('is exact where it is a number of 24 bits', () => {
    expect(rmsOf(Float32Array.of(3, -3, 3))).toBe(3);
    expect(rmsOf(Float32Array.of(1, 7))).toBe(5);
    expect(rmsOf(new Float32Array(1000).fill(-(2 ** 100)))).toBe(2 ** 100);
    expect(rmsOf(Float32Array.of(2 ** -100))).toBe(2 ** -100);
    expect(rmsOf(new Float32Array(2 ** 20).fill(1))).toBe(1);
  });

  it('takes magnitudes to the nearest multiple of 2^-30 of the largest', () => {
    const numbers = [1, 0.004036362748593092, 0.009791351854801178, 0.008646739646792412];
    const units = numbers.map((x) => Math.round(x * 2 ** 30));
    const square = units.reduce((sum, unit) => sum + unit ** 2, 0) / 4;
    expect(rmsOf(Float32Array.from(numbers))).toBe(Math.floor(Math.sqrt(square) / 32) * 2 ** -25);
  });

  it('is 0 below 2^-126', () => {
    expect(rmsOf(Float32Array.of(2 ** -126))).toBe(2 ** -126);
    expect(rmsOf(Float32Array.of(2 ** -127))).toBe(0);
  });

  it('is 0 of nothing but zeros, and where there is NaN or infinity', () => {
    for (const odd of [0, Number.NaN, Infinity]) expect(rmsOf(Float32Array.of(odd, 0))).toBe(0);
  });
});

describe('snr', () => {
  it('adds noise of the power that the ratio leaves it', () => {
    const count = 2 ** 18;
    for (const db of [-10, 0, 20]) {
      const data = Float32Array.from({ length: count }, (_, i) => 3 * Math.sin(i));
      const before = data.slice();
      cpu.chain([snr({ db })]).run(data);
      const power = (list: Float32Array) => list.reduce((sum, x) => sum + x * x, 0) / list.length;
      const noise = data.map((x, i) => x - before[i]!);
      const found = 10 * Math.log10(power(before) / power(noise));
      // The power of n normals has the relative deviation √(2/n); six of these, in decibels.
      expect(Math.abs(found - db)).toBeLessThan(6 * Math.sqrt(2 / count) * (10 / Math.LN10));
    }
  });

  it('takes each clip of a batch for itself, each with its own level', () => {
    const clips = Float32Array.from({ length: 4000 }, (_, i) => (i < 2000 ? 1 : 100));
    const { length } = clips;
    const db = perAxis(0, [20, 0]);
    cpu.chain([snr({ db, axis: 0 })]).run({ buffer: clips, shape: [2, length / 2] });
    const deviation = (list: Float32Array, mean: number) =>
      Math.sqrt(list.reduce((sum, x) => sum + (x - mean) ** 2, 0) / list.length);
    const off = 6 / Math.sqrt(length); // six deviations 1/√(2n) of a deviation, n = length / 2
    expect(Math.abs(deviation(clips.subarray(0, 2000), 1) / 0.1 - 1)).toBeLessThan(off);
    expect(Math.abs(deviation(clips.subarray(2000), 100) / 100 - 1)).toBeLessThan(off);
  });

  it('leaves silence, and what holds NaN, as they are', () => {
    const data = Float32Array.of(0, 0, Number.NaN, 5);
    cpu.chain([snr({ db: 0, axis: 0 })]).run({ buffer: data, shape: [2, 2] });
    expect(data).toEqual(Float32Array.of(0, 0, Number.NaN, 5));
  });

  itRefuses(RangeError, {
    'snr: db must be from -600 to 600, got 601': () => snr({ db: 601 }),
    'snr: db must be a finite f32 number, got NaN': () => snr({ db: Number.NaN }),
    'snr: db.values[1] must be from -600 to 600, got -1000': () =>
      snr({ db: perAxis(0, [1, -1000]) }),
    'snr: axis must be a whole number ≥ 0 or a rising list of such, got 0.5': () =>
      snr({ db: 1, axis: 0.5 }),
  });
  itRefuses(TypeError, {
    'snr: db must be a number, got undefined': () => snr({} as never),
    'snr: db must be a number or a list by perAxis, got numbers in a buffer': () =>
      snr({ db: new Float32Array(4) as never }),
  });
});

describe('perturb in units of the root mean square', () => {
  it('scales with each tensor of a list', () => {
    const tensors = [1, 1000].map((std, stream) => {
      const tensor = new Float32Array(2 ** 16);
      cpu.chain([normal({ std })]).run(tensor, { at: { stream } });
      return tensor;
    });
    const before = tensors.map((tensor) => tensor.slice());
    cpu.perturb(tensors, { std: 0.01, relative: 'rms' });
    for (const [i, tensor] of tensors.entries()) {
      const change = Math.hypot(...tensor.map((x, j) => x - before[i]![j]!));
      // Six deviations 1/√(2n) of a deviation; its own rms is known exactly enough.
      const off = 6 / Math.sqrt(2 * tensor.length);
      expect(Math.abs(change / Math.hypot(...before[i]!) / 0.01 - 1)).toBeLessThan(off);
    }
  });

  it('goes back by the other sign of the same noise', () => {
    const weights = new Float32Array(1000);
    cpu.chain([normal()]).run(weights);
    const [plus, minus] = [weights.slice(), weights.slice()];
    const at = { stream: 3, position: 0 };
    cpu.perturb([plus], { std: 0.25, relative: 'rms', sign: 1, at });
    cpu.perturb([minus], { std: 0.25, relative: 'rms', sign: -1, at });
    for (const [i, w] of weights.entries()) {
      // Each of the two sums is rounded by up to half an ulp of a number below 8.
      expect(Math.abs(plus[i]! + minus[i]! - 2 * w)).toBeLessThanOrEqual(2 * 2 ** -22);
    }
    expect(perturb({ std: 1, relative: 'rms' })).toMatchObject({ relative: 'rms' });
  });
});
