import { normal } from 'webgpu-noise';
import { tailShare } from './tails.js';

/** How normals are drawn in a format, and what becomes of them when they are stored. */
export interface FormatUnderTest {
  readonly name: 'f32' | 'f16' | 'u8';
  readonly bytes: 1 | 2 | 4;
  /** Of the numbers that are stored. */
  readonly mean: number;
  readonly std: number;
  /** P(stored number ≥ limit), of exact normals that are rounded to nearest. */
  readonly from: (limit: number) => number;
}

/** The finite numbers of binary16 up to 8 in magnitude, rising; zero only once. */
const halves = (() => {
  const positive = [];
  for (let bits = 1; bits <= 0x4800; bits++) {
    const [exponent, fraction] = [bits >>> 10, bits & 0x3ff];
    positive.push(exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
  }
  return Float64Array.of(...positive.map((x) => -x).reverse(), 0, ...positive);
})();

/** The index of the first number that is not below the limit. */
function firstFrom(numbers: Float64Array, limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Half of the distance to the f32 below. */
function halfStep(x: number): number {
  return x === 0 ? 0 : 2 ** (Math.floor(Math.log2(Math.abs(x))) - 24);
}

export const f32: FormatUnderTest = {
  name: 'f32',
  bytes: 4,
  mean: 0,
  std: 1,
  from: (limit) => tailShare(limit - halfStep(limit)),
};

export const f16: FormatUnderTest = {
  name: 'f16',
  bytes: 2,
  mean: 0,
  std: 1,
  from(limit) {
    const first = firstFrom(halves, limit);
    return tailShare((halves[first - 1]! + halves[first]!) / 2);
  },
};

/** 6.4 standard deviations fit on either side of the middle of the bytes. */
export const u8: FormatUnderTest = {
  name: 'u8',
  bytes: 1,
  mean: 127.5,
  std: 20,
  from(limit) {
    const first = Math.ceil(limit);
    if (first <= 0) return 1;
    return first > 255 ? 0 : tailShare((first - 0.5 - u8.mean) / u8.std);
  },
};

export const formatsUnderTest: readonly FormatUnderTest[] = [f32, f16, u8];

/** The chain that fills with a format's normals. */
export const opsOf = ({ mean, std }: FormatUnderTest) => [normal({ mean, std })];
