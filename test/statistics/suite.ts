import { USAGE } from '../../src/buffer.js';
import { chiSquareTail } from '../gamma.js';
import { CELL_BITS, type Cells, coarse, together } from './cells.js';
import { type Counter, createCounter, LAGS, type Tuples } from './counter.js';
import type { FormatUnderTest } from './formats.js';
import { andersonDarlingP, chiSquareP, normalP, poissonP } from './pvalues.js';
import { TAILS } from './tails.js';

/**
 * Fills a buffer with elements from a position on, of the stream that is tested (0), or of another that
 * should have nothing to do with it (1).
 */
export type Fill = (buffer: GPUBuffer, count: number, which: 0 | 1, position: bigint) => void;

/** How likely what was found, or what is less likely, is: at either end of a test's distribution. */
export interface PValue {
  readonly test: string;
  readonly p: number;
}

/** What the tests look at: single elements, tuples of them, products of them, the other stream. */
export type Part = 'distribution' | 'tuples' | 'serial' | 'other';

/** Elements that are made and counted at a time. */
const BATCH = 2 ** 22;

const twoSided = (p: number) => 2 * Math.min(p, 1 - p);

/** Runs the tests of these parts on `count` elements of a stream. */
export async function runSuite(
  device: GPUDevice,
  format: FormatUnderTest,
  fill: Fill,
  count: number,
  parts: readonly Part[] = ['distribution', 'tuples', 'serial', 'other'],
  signal?: AbortSignal,
): Promise<PValue[]> {
  const counter = createCounter(device, format);
  const size = Math.min(BATCH, count) * format.bytes;
  const [own, other] = [0, 1].map(() => {
    return device.createBuffer({ size, usage: USAGE.STORAGE | USAGE.COPY_SRC | USAGE.COPY_DST });
  }) as [GPUBuffer, GPUBuffer];
  const tests = {
    distribution: () => distributionTests(counter, format),
    tuples: () => tupleTests(counter),
    serial: () => serialTests(counter, Math.min(BATCH, count)),
    other: () => otherTests(counter, Math.min(BATCH, count)),
  } as const satisfies Record<Part, () => PartTests>;
  const running = parts.map((part) => tests[part]());
  for (let done = 0; done < count && !signal?.aborted; done += BATCH) {
    const batch = Math.min(BATCH, count - done);
    fill(own, batch, 0, BigInt(done));
    if (parts.includes('other')) fill(other, batch, 1, BigInt(done));
    for (const { add } of running) add(own, other, batch);
    await device.queue.onSubmittedWorkDone();
  }
  const results = [];
  for (const { results: found } of running) results.push(...(await found()));
  counter.destroy();
  own.destroy();
  other.destroy();
  return results;
}

interface PartTests {
  add(own: GPUBuffer, other: GPUBuffer, count: number): void;
  results(): Promise<PValue[]>;
}

function distributionTests(counter: Counter, format: FormatUnderTest): PartTests {
  const { even, equal } = counter.cells;
  const tuple = { members: 1, first: 0, step: 1, gap: 0 } as const;
  const counts = {
    even: counter.histogram('even', tuple),
    equal: counter.histogram('equal', tuple),
  };
  return {
    add(own, _, count) {
      counts.even.add(own, own, count);
      counts.equal.add(own, own, count);
    },
    async results() {
      const found = await counts.even.read();
      const chiSquare = chiSquareP(await counts.equal.read(), equal.shares);
      return [
        ...moments(found, even.shares, format),
        ...tails(found, even, format),
        { test: 'chi-square of 4096 cells', p: twoSided(chiSquare) },
        { test: 'Anderson–Darling', p: twoSided(andersonDarlingP(found, even.shares)) },
      ];
    },
  };
}

function tupleTests(counter: Counter): PartTests {
  const pairs = { members: 2, first: 0, step: 2, gap: 1 } as const;
  const tuples: Record<string, Tuples> = {
    'both of a pair': pairs,
    'the last of a pair and the first of the next': { ...pairs, first: 1 },
    'the sines of two pairs': { ...pairs, step: 4, gap: 2 },
    'the cosines of two pairs': { ...pairs, first: 1, step: 4, gap: 2 },
    'three in a row': { ...pairs, members: 3, step: 3 },
  };
  const counts = Object.entries(tuples).map(([test, tuple]) => ({
    test,
    histogram: counter.histogram('equal', tuple),
    shares: tupleShares(counter, tuple.members),
  }));
  return {
    add(own, _, count) {
      for (const { histogram } of counts) histogram.add(own, own, count);
    },
    async results() {
      const found = counts.map(async ({ test, histogram, shares }) => {
        return { test, p: twoSided(chiSquareP(await histogram.read(), shares)) };
      });
      return Promise.all(found);
    },
  };
}

const tupleShares = ({ cells }: Counter, members: number) =>
  together(coarse(cells.equal.shares, CELL_BITS - CELL_BITS / members), members);

function serialTests(counter: Counter, most: number): PartTests {
  const levels = counter.levels(most);
  const products = counter.products();
  return {
    add(own, _, count) {
      counter.toLevels(own, levels, count);
      products.add(levels, levels, count);
    },
    results: async () => correlations('serial correlation', 1, counter, await products.read()),
  };
}

function otherTests(counter: Counter, most: number): PartTests {
  const [levels, others] = [counter.levels(most), counter.levels(most)];
  const products = counter.products();
  const tuple = { members: 2, first: 0, step: 1, gap: 0 } as const;
  const counts = counter.histogram('equal', tuple);
  return {
    add(own, other, count) {
      counts.add(own, other, count);
      counter.toLevels(own, levels, count);
      counter.toLevels(other, others, count);
      products.add(levels, others, count);
    },
    async results() {
      const chiSquare = chiSquareP(await counts.read(), tupleShares(counter, 2));
      return [
        { test: 'one of each stream', p: twoSided(chiSquare) },
        ...correlations('correlation of two streams', 0, counter, await products.read()),
      ];
    },
  };
}

/** Moments of the cells' middles, whose exact moments are known; the error of a mean is normal. */
function moments(
  counts: Float64Array,
  shares: Float64Array,
  { name, std }: FormatUnderTest,
): PValue[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const width = name === 'u8' ? 1 / std : 1 / 256;
  const power = (cell: number, k: number) => ((cell + (1 - shares.length) / 2) * width) ** k;
  return Array.from({ length: 8 }, (_, i) => {
    const k = i + 1;
    let [found, expected, squares] = [0, 0, 0];
    for (const [cell, share] of shares.entries()) {
      found += counts[cell]! * power(cell, k);
      expected += share * power(cell, k);
      squares += share * power(cell, 2 * k);
    }
    const error = Math.sqrt((squares - expected ** 2) / total);
    return { test: `moment ${k}`, p: normalP((found / total - expected) / error) };
  });
}

/** How many lie beyond 4, 5 and 6 standard deviations. */
function tails(counts: Float64Array, { limits, shares }: Cells, { mean, std }: FormatUnderTest) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const sum = (numbers: Float64Array) => numbers.reduce((all, each) => all + each, 0);
  return TAILS.flatMap((n): PValue[] => {
    const first = limits.findIndex((limit) => limit >= mean + n * std) + 1;
    const expected = total * sum(shares.subarray(first));
    const above = sum(counts.subarray(first));
    const below = sum(counts.subarray(0, shares.length - first));
    return [
      { test: `below −${n} σ`, p: poissonP(below, expected) },
      { test: `above ${n} σ`, p: poissonP(above, expected) },
    ];
  });
}

/** Sums of products of independent numbers with mean 0 are normal, and independent from lag to lag. */
function correlations(
  test: string,
  firstLag: number,
  { cells, drop }: Counter,
  { sums, products }: { readonly sums: Float64Array; readonly products: Float64Array },
): PValue[] {
  const levels = coarse(cells.even.shares, drop);
  let variance = 0;
  for (const [level, share] of levels.entries()) {
    variance += share * (2 * level + 1 - levels.length) ** 2;
  }
  const deviations = [];
  for (let lag = firstLag; lag <= LAGS; lag++) {
    deviations.push(sums[lag]! / (variance * Math.sqrt(products[lag]!)));
  }
  const squares = deviations.reduce((sum, deviation) => sum + deviation ** 2, 0);
  // The likeliest to be wrong of so many lags: by chance it is as far off 1 − (1 − p)^n times.
  const least = normalP(Math.max(...deviations.map(Math.abs)));
  return [
    { test: `${test}, all lags`, p: twoSided(chiSquareTail(squares, deviations.length)) },
    { test: `${test}, worst lag`, p: -Math.expm1(deviations.length * Math.log1p(-least)) },
  ];
}
