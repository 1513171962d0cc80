import { describe, expect, it } from 'vitest';
import { bits } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { storedFormats } from '../../src/reference/format.js';

const { f16, bf16, i8, unorm8 } = storedFormats;
const halves = Array.from({ length: 2 ** 16 }, (_, half) => half);

/** f32 numbers of all magnitudes. */
const numbers = new Uint32Array(2 ** 16);
createReferenceEngine({ seed: 7 }).chain([bits()], { format: 'u32' }).run(numbers);

/** The nearest of all numbers that a format of two bytes has, by search; of two, the even one. */
function nearest(values: Float64Array, x: number): number {
  let [low, high] = [0, values.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= x) low = middle;
    else high = middle;
  }
  const below = x - values[low]!;
  const above = values[high]! - x;
  if (below === above) return low % 2 === 0 ? low : high;
  return below < above ? low : high;
}

describe.each([
  { name: 'f16', format: f16, infinity: 0x7c00, nan: 0x7e00, next: 2 ** 16 },
  { name: 'bf16', format: bf16, infinity: 0x7f80, nan: 0x7fc0, next: 2 ** 128 },
])('$name', ({ format, infinity, nan, next }) => {
  const holdsNaN = (half: number) => (half & 0x7fff) > infinity;

  it('gives every number back as it was, and one NaN for all', () => {
    for (const half of halves) {
      const stored = format.store(format.load(half), 'nearest-even');
      expect(stored).toBe(holdsNaN(half) ? nan : half);
    }
  });

  it('rises with its bits, through subnormals to infinity', () => {
    for (let half = 0; half < infinity; half++) {
      expect(format.load(half + 1)).toBeGreaterThan(format.load(half));
      expect(format.load(half + 0x8000)).toBe(-format.load(half));
    }
    expect(format.load(1)).toBe(format.load(2) / 2);
    expect(format.load(infinity)).toBe(Infinity);
  });

  it('stores the nearest number, of two the even one', () => {
    const values = Float64Array.from(halves.slice(0, infinity + 1), format.load);
    values[infinity] = next; // where the numbers would go on
    const middles = Array.from(values.slice(1), (value, i) => (value + values[i]!) / 2);
    const tries = [...new Float32Array(numbers.buffer), ...middles, 65519.99, 65520];
    for (const x of tries.map(Math.fround)) {
      if (Number.isNaN(x) || Math.abs(x) === Infinity) continue;
      const expected = nearest(values, Math.abs(x)) + (x < 0 ? 0x8000 : 0);
      expect(format.store(x, 'nearest-even')).toBe(expected);
    }
  });
});

describe('f16', () => {
  it('has the published numbers', () => {
    // Wikipedia, "Half-precision floating-point format", examples
    const known = { 1: 2 ** -24, 1023: 1023 * 2 ** -24, 1024: 2 ** -14, 13653: 1365 / 4096 };
    for (const [half, value] of Object.entries({ ...known, 31743: 65504, 49152: -2 })) {
      expect(f16.load(Number(half))).toBe(value);
    }
  });
});

describe('i8', () => {
  it('rounds to nearest even or towards zero, and clamps', () => {
    const over = 0.5 + 2 ** -24;
    const tries = [
      -2.5,
      -1.5,
      -0.5,
      0.5,
      over,
      1.5,
      126.5,
      127.5,
      -128.5,
      1e9,
      -Infinity,
      Number.NaN,
    ];
    const stored = (rounding: 'nearest-even' | 'truncate') =>
      tries.map((x) => i8.store(x, rounding) + 0);
    expect(stored('nearest-even')).toEqual([-2, -2, 0, 0, 1, 2, 126, 127, -128, 127, -128, 0]);
    expect(stored('truncate')).toEqual([-2, -1, 0, 0, 0, 1, 126, 127, -128, 127, -128, 0]);
  });
});

describe('unorm8', () => {
  it('is byte / 255, correctly rounded, and gives every byte back', () => {
    for (let byte = 0; byte < 256; byte++) {
      expect(unorm8.load(byte)).toBe(Math.fround(byte / 255));
      expect(unorm8.store(unorm8.load(byte), 'nearest-even')).toBe(byte);
    }
  });

  it('clamps to 0 and 1, and takes NaN for 0', () => {
    const stored = [-1, 1.1, Infinity, Number.NaN].map((x) => unorm8.store(x, 'truncate'));
    expect(stored).toEqual([0, 255, 255, 0]);
  });
});
