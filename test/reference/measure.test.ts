import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Measurement, noise, normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';

const cpu = createReferenceEngine({ seed: 3 });

/** Sums of float64 numbers, each with the rounding errors of the sum so far (Neumaier 1974). */
function sum(numbers: Iterable<number>): number {
  let [total, rest] = [0, 0];
  for (const x of numbers) {
    const next = total + x;
    rest += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total;
    total = next;
  }
  return total + rest;
}

/** The textbook's two passes, in float64. */
function twoPasses(data: Float32Array) {
  const n = data.length;
  const mean = sum(data) / n;
  const central = (power: number) => sum([...data].map((x) => (x - mean) ** power)) / n;
  const variance = central(2);
  const std = Math.sqrt(variance);
  return { mean, std, skewness: central(3) / std ** 3, kurtosis: central(4) / std ** 4 - 3 };
}

/** Fails where a number is further from the two passes' than `moments.ts` allows. */
function expectClose(data: Float32Array, measured: Measurement<number>): void {
  const expected = twoPasses(data);
  const range = measured.max - measured.min;
  const largest = Math.max(measured.max, -measured.min);
  // The mean is exact but for what is cut off 2^-62 below the largest magnitude, and float64's own 2^-52.
  const own = 2 ** -50 * largest;
  expect(Math.abs(measured.mean - expected.mean)).toBeLessThanOrEqual(own);
  // Each element has moved by less than e. Then the standard deviation has by at most e, E(x^3) by
  // 3 E(x^2) e and E(x^4) by 4 E(|x|^3) e, where E(|x|^3) <= E(x^4)^(3/4); relative to std that is
  const e = (2 ** -31 * range + own) / expected.std;
  const { skewness, kurtosis } = expected;
  const fourth = kurtosis + 3;
  expect(Math.abs(measured.std / expected.std - 1)).toBeLessThanOrEqual(e);
  const third = 1.01 * e * (3 + 3 * Math.abs(skewness));
  expect(Math.abs(measured.skewness - skewness)).toBeLessThanOrEqual(third);
  const tails = 1.01 * e * (4 * fourth ** 0.75 + 4 * fourth);
  expect(Math.abs(measured.kurtosis - kurtosis)).toBeLessThanOrEqual(tails);
}

describe('measure', () => {
  it('gives the moments of the textbook, exactly where they are short', async () => {
    const bytes = Uint8Array.of(1, 2, 3, 4);
    expect(await cpu.measure(bytes, { format: 'u8' })).toEqual({
      ...{ count: 4, nan: 0, min: 1, max: 4 },
      ...{
        mean: 2.5,
        variance: 1.25,
        std: Math.sqrt(1.25),
        skewness: 0,
        kurtosis: 2.5625 / 1.5625 - 3,
      },
    });
    const halves = Uint16Array.of(0x3c00, 0xbc00); // 1, -1
    expect(await cpu.measure(halves, { format: 'f16' })).toMatchObject({ mean: 0, variance: 1 });
  });

  it('agrees with float64 within its bounds on numbers of any scale', async () => {
    const data = new Float32Array(10_000);
    for (const [mean, std] of [
      [0, 1],
      [1e6, 0.5],
      [-1e-30, 1e-35],
      [1e37, 1e37],
      [3, 1e-6],
    ] as const) {
      cpu.chain([normal({ mean, std })]).run(data);
      expectClose(data, await cpu.measure(data));
    }
    cpu.chain([normal(), noise({ std: 0.01 })]).run(data);
    data[77] = 1e4; // one outlier
    expectClose(data, await cpu.measure(data));
  });

  it('agrees with float64 within its bounds on any two different numbers and more', async () => {
    const number = fc.float({ min: -(2 ** 60), max: 2 ** 60, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 2, maxLength: 40 }), async (list) => {
        const data = Float32Array.from(list);
        const measured = await cpu.measure(data);
        fc.pre(measured.max - measured.min > 2 ** -40 * Math.max(measured.max, -measured.min));
        expectClose(data, measured);
      }),
    );
  });

  it('loses nothing where a plain sum would', async () => {
    const data = new Float32Array(30_000);
    for (let i = 0; i < data.length; i += 3) data.set([2 ** 60, 1, -(2 ** 60)], i);
    expect((await cpu.measure(data)).mean).toBe(10_000 / 30_000);
  });

  it('reaches both ends of f32', async () => {
    const most = 2 ** 128 - 2 ** 104;
    const large = await cpu.measure(Float32Array.of(most, -most, most, -most));
    expect(large).toMatchObject({ mean: 0, skewness: 0, kurtosis: -2 });
    expect(Math.abs(large.std / most - 1)).toBeLessThanOrEqual(2 ** -31);
    const tiny = await cpu.measure(Float32Array.of(2 ** -149, 3 * 2 ** -149));
    expect(tiny).toMatchObject({ mean: 2 ** -148, std: 2 ** -149, min: 2 ** -149 });
  });

  it('tells NaN, infinities, equal elements and no elements apart', async () => {
    const { NaN: nan } = Number;
    const none = { variance: nan, std: nan, skewness: nan, kurtosis: nan };
    const of = (...numbers: number[]) => cpu.measure(Float32Array.from(numbers));
    expect(await of(1, nan, 3, nan)).toEqual({
      count: 4,
      nan: 2,
      mean: nan,
      ...none,
      min: 1,
      max: 3,
    });
    expect(await of(nan)).toMatchObject({ nan: 1, min: nan, max: nan });
    expect(await of(1, Infinity)).toMatchObject({ mean: Infinity, ...none, min: 1, max: Infinity });
    expect(await of(1, -Infinity)).toMatchObject({ mean: -Infinity });
    expect(await of(-Infinity, Infinity)).toMatchObject({ mean: nan, nan: 0 });
    expect(await of(7, 7, 7)).toMatchObject({
      mean: 7,
      variance: 0,
      std: 0,
      skewness: nan,
      kurtosis: nan,
    });
    expect(await of(-0, 0)).toMatchObject({ min: -0, max: 0, mean: 0, variance: 0 });
    expect(await of()).toEqual({ count: 0, nan: 0, mean: nan, ...none, min: nan, max: nan });
  });

  it('keeps the axes named, and gives numbers in row-major order of these', async () => {
    const [n, c, h] = [3, 4, 5];
    const data = new Float32Array(n * c * h);
    cpu.chain([normal()]).run(data);
    const mean = async (axis: number | number[]) => {
      const { count, mean } = await cpu.measure({ buffer: data, shape: [n, c, h] }, { axis });
      return { count, mean: [...mean] };
    };
    const among = async (wanted: (i: number, j: number, k: number) => boolean) => {
      const picked = data.filter((_, e) =>
        wanted(Math.floor(e / 20), Math.floor(e / 5) % 4, e % 5),
      );
      return (await cpu.measure(picked)).mean;
    };
    const [ns, cs, hs] = [n, c, h].map((length) => [...Array(length).keys()]);
    const all = Promise.all.bind(Promise);
    const means = await all(ns!.map((i) => among((a) => a === i)));
    expect(await mean(0)).toEqual({ count: 20, mean: means });
    expect(await mean(1)).toEqual({
      count: 15,
      mean: await all(cs!.map((j) => among((_, b) => b === j))),
    });
    expect(await mean(2)).toEqual({
      count: 12,
      mean: await all(hs!.map((k) => among((_a, _b, d) => d === k))),
    });
    expect(await mean([0, 2])).toEqual({
      count: 4,
      mean: await all(ns!.flatMap((i) => hs!.map((k) => among((a, _, d) => a === i && d === k)))),
    });
    expect(await mean([0, 1, 2])).toEqual({ count: 1, mean: [...data] });
  });

  it('counts bins that hold their lower edge, the last one both, and what lies outside', async () => {
    const data = new Float32Array(5000);
    cpu.chain([normal()]).run(data);
    data.set([-1, 1, -0.5, 0, -0, Number.NaN, Infinity, -Infinity, 1 + 2 ** -23]);
    const { histogram } = await cpu.measure(data, { histogram: { bins: 20, min: -1, max: 1 } });
    const counts = new Uint32Array(20);
    let [below, above] = [0, 0];
    for (const x of data) {
      if (x < -1) below++;
      if (x > 1) above++;
      for (let bin = 0; bin < 20; bin++) {
        const [from, to] = [-1 + (2 * bin) / 20, -1 + (2 * (bin + 1)) / 20].map(Math.fround);
        if (x >= from! && (x < to! || (bin === 19 && x === 1))) counts[bin]!++;
      }
    }
    expect(histogram).toMatchObject({ counts, below, above });
    expect(histogram!.edges).toHaveLength(21);
    const two = { axis: 0, histogram: { bins: 2, min: 0, max: 1 } };
    const four = Float32Array.of(0, 0.25, 0.5, 2);
    const pairs = await cpu.measure({ buffer: four, shape: [2, 2] }, two);
    expect(pairs.histogram!.counts).toEqual(Uint32Array.of(2, 0, 0, 1));
    expect(pairs.histogram!.above).toEqual(Float64Array.of(0, 1));
  });

  const data = new Float32Array(12);
  const shape = [3, 4];
  const histogram = { bins: 2, min: 0, max: 1 };
  it.each<[sentence: string, type: typeof RangeError | typeof TypeError, options: unknown]>([
    [
      'measure: axis must be a whole number from 0 to 1 (of a shape with 2 axes), got 2',
      RangeError,
      { axis: 2 },
    ],
    [
      'measure: axis must be a whole number from 0 to 1 (of a shape with 2 axes), got -1',
      RangeError,
      { axis: [-1] },
    ],
    ['measure: axis must be a number, got "0"', TypeError, { axis: '0' }],
    ['measure: axis must name an axis, got an empty list', RangeError, { axis: [] }],
    ['measure: axis must name axes in rising order, got 1, 0', RangeError, { axis: [1, 0] }],
    ['measure: unknown field "shape" in options', TypeError, { shape: [3, 4] }],
    ['measure: unknown field "axes" in options', TypeError, { axes: 1 }],
    ['measure: histogram: options must be an object, got 5', TypeError, { histogram: 5 }],
    [
      'measure: histogram: bins must be a whole number from 0 to 1024 (the most), got 1025',
      RangeError,
      { histogram: { ...histogram, bins: 1025 } },
    ],
    [
      'measure: histogram: bins must be at least 1, got 0',
      RangeError,
      { histogram: { ...histogram, bins: 0 } },
    ],
    [
      'measure: histogram: min must be < max, got min 1 and max 1',
      RangeError,
      { histogram: { ...histogram, min: 1 } },
    ],
    [
      'measure: histogram: max must be a finite f32 number, got Infinity',
      RangeError,
      { histogram: { ...histogram, max: Infinity } },
    ],
    [
      'measure: histogram: bins must have edges that differ in f32, got 9 bins',
      RangeError,
      { histogram: { bins: 9, min: 1, max: 1 + 2 ** -21 } },
    ],
  ])('refuses: %s', async (sentence, type, options) => {
    const measuring = cpu.measure({ buffer: data, shape }, options as never);
    await expect(measuring).rejects.toThrow(type);
    await expect(measuring).rejects.toThrow(sentence);
  });

  it('refuses more kept indices and more bins than it would read back', async () => {
    const many = new Uint8Array(2 ** 16 + 1);
    const each = { format: 'u8', axis: 0 } as const;
    await expect(cpu.measure(data, { axis: 0 })).rejects.toThrow(
      'measure: target must have a shape where axis is given, got none',
    );
    await expect(cpu.measure({ buffer: many, shape: [many.length] }, each)).rejects.toThrow(
      'measure: axis must keep at most 65536 indices, got 65537',
    );
    const half = { buffer: many, shape: [2 ** 15] };
    await expect(
      cpu.measure(half, { ...each, histogram: { bins: 64, min: 0, max: 1 } }),
    ).rejects.toThrow('bins over all kept indices, got 2097152');
  });
});
