import type { Format } from '../format.js';
import { bitsOf, floatClamp, ofBits } from './float.js';
import { type Rounding, rounding } from './rounding.js';

/** The CPU twin of a file of shaders/format. */
interface StoredFormat {
  /** The number that an element stands for; elements of f16 and bf16 are given as their bits. */
  load(element: number): number;
  /** The element that an f32 number becomes. */
  store(x: number, round: Rounding): number;
}

/** A whole number in [low, high]. */
function integer(x: number, low: number, high: number, round: Rounding): number {
  return rounding[round](Number.isNaN(x) ? 0 : floatClamp(x, low, high));
}

const { fround } = Math;
const same = (x: number) => x;

export const storedFormats: { readonly [F in Format]: StoredFormat } = {
  f32: { load: same, store: same },
  u32: { load: same, store: same },
  f16: { load: loadF16, store: storeF16 },
  bf16: { load: (half) => ofBits(half << 16), store: storeBF16 },
  u8: { load: same, store: (x, round) => integer(x, 0, 255, round) },
  i8: { load: same, store: (x, round) => integer(x, -128, 127, round) },
  unorm8: {
    load: (byte) => fround(byte / 255),
    store: (x, round) => rounding[round](Number.isNaN(x) ? 0 : fround(255 * floatClamp(x, 0, 1))),
  },
};

function loadF16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent < 31) return sign * (1024 + fraction) * 2 ** (exponent - 25);
  return fraction === 0 ? sign * Infinity : Number.NaN;
}

function storeF16(x: number): number {
  if (Number.isNaN(x)) return 0x7e00;
  const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(x);
  if (magnitude >= 65520) return sign | 0x7c00;
  // Numbers from 2^e on, or subnormals at e = −14, are whole multiples of 2^(e − 10).
  const e = Math.max((bitsOf(magnitude) >>> 23) - 127, -14);
  const multiples = rounding['nearest-even'](magnitude * 2 ** (10 - e));
  return sign | (multiples + (e + 14) * 1024);
}

function storeBF16(x: number): number {
  if (Number.isNaN(x)) return 0x7fc0;
  const bits = bitsOf(x);
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}
