import { describe, expect, it } from 'vitest';
import { testDevice } from '../gpu/device.js';
import { coarse, together } from './cells.js';
import { createCounter, LAGS, type Tuples } from './counter.js';
import { formatsUnderTest } from './formats.js';
import { engineFill } from './long.js';
import { TAILS } from './tails.js';

const { device, engine, buffer } = await testDevice();

/** Not whole tiles of any kernel, but whole words of every format. */
const COUNT = 2 ** 16 + 36;

describe.each(formatsUnderTest)('what the GPU counts of $name', (format) => {
  const counter = createCounter(device, format);
  const fill = engineFill(device, format, 9);
  const [own, other] = [0, 1].map((stream) => {
    const target = buffer(new Uint8Array(COUNT * format.bytes));
    fill(target, COUNT, stream as 0 | 1, 2n ** 34n - 100n);
    return target;
  }) as [GPUBuffer, GPUBuffer];

  /** The elements as numbers, and the index of their cells by a plain search. */
  async function elements(target: GPUBuffer) {
    const stored = await engine().read(target, { format: format.name });
    const numbers = Float32Array.from(stored as ArrayLike<number>, halfOf(stored));
    const cellsIn = ({ limits }: { limits: Float32Array }) => {
      return Array.from(numbers, (x) => firstAbove(limits, x));
    };
    return { numbers, equal: cellsIn(counter.cells.equal), even: cellsIn(counter.cells.even) };
  }

  it('is what a plain loop counts', async () => {
    const [a, b] = [await elements(own), await elements(other)];
    const tuples: Tuples[] = [
      { members: 1, first: 0, step: 1, gap: 0 },
      { members: 2, first: 1, step: 2, gap: 1 },
      { members: 3, first: 2, step: 3, gap: 7 },
    ];
    for (const tuple of tuples) {
      const histogram = counter.histogram('equal', tuple);
      histogram.add(own, other, COUNT);
      const expected = new Float64Array(4096);
      const bits = 12 / tuple.members;
      const last = (tuple.members - 1) * tuple.gap;
      for (let i = tuple.first; i + last < COUNT; i += tuple.step) {
        let cell = 0;
        for (let member = 0; member < tuple.members; member++) {
          const from = member === 0 ? a : b;
          cell = cell * 2 ** bits + (from.equal[i + member * tuple.gap]! >> (12 - bits));
        }
        expected[cell]! += 1;
      }
      expect(await histogram.read()).toEqual(expected);
    }
    const even = counter.histogram('even', tuples[0]!);
    even.add(own, own, COUNT);
    const expected = new Float64Array(4096);
    for (const cell of a.even) expected[cell]! += 1;
    expect(await even.read()).toEqual(expected);
  });

  it('sums what a plain loop sums', async () => {
    const [a, b] = [await elements(own), await elements(other)];
    const [levels, others] = [counter.levels(COUNT), counter.levels(COUNT)];
    counter.toLevels(own, levels, COUNT);
    counter.toLevels(other, others, COUNT);
    const products = counter.products();
    products.add(levels, others, COUNT);
    const level = (cell: number) => 2 * (cell >> counter.drop) - 127;
    const expected = Float64Array.from({ length: LAGS + 1 }, (_, lag) => {
      let sum = 0;
      for (let i = 0; i + lag < COUNT; i++) sum += level(a.even[i]!) * level(b.even[i + lag]!);
      return sum;
    });
    const { sums, products: counts } = await products.read();
    expect(sums).toEqual(expected);
    expect(counts).toEqual(Float64Array.from(expected, (_, lag) => COUNT - lag));
  });

  it('lies beyond limits as a plain loop finds', async () => {
    const { numbers } = await elements(own);
    const tails = counter.tails();
    tails.add(own, COUNT);
    const expected = [-1, 1].flatMap((side) =>
      TAILS.map((n) => {
        return numbers.filter((x) => side * (x - format.mean) >= n * format.std).length;
      }),
    );
    expect(expected[0]! + expected[3]!).toBeGreaterThan(0);
    expect([...(await tails.read())]).toEqual(expected);
  });

  it('has cells that hold everything, alone and together', () => {
    const sum = (shares: Float64Array) => shares.reduce((all, share) => all + share, 0);
    const { equal, even } = counter.cells;
    for (const { shares } of [equal, even]) {
      expect(sum(shares)).toBeCloseTo(1, 12);
      expect(sum(together(coarse(shares, 6), 2))).toBeCloseTo(1, 12);
    }
  });
});

/** A half is read as a number where the runtime has them, else as its bits. */
function halfOf(stored: ArrayLike<number>): (x: number) => number {
  if (!(stored instanceof Uint16Array)) return (x) => x;
  return (bits) => {
    const [sign, exponent, fraction] = [bits >>> 15, (bits >>> 10) & 31, bits & 1023];
    const size = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
    return sign ? -size : size;
  };
}

/** How many rising limits are not above x. */
function firstAbove(limits: Float32Array, x: number): number {
  let [low, high] = [0, limits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (limits[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
