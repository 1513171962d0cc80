import type { Format } from 'webgpu-noise';
import type { ReferenceArray } from 'webgpu-noise/reference';
import { formats } from '../src/format.js';
import { storedArray, strangeElements } from './arrays.js';

/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Elements of a format that are all zeros. */
export function zeros(format: Format, count: number): ReferenceArray {
  return storedArray(format, new Uint8Array(count * formats[format].bytes));
}

/** RGBA elements with strange bits; in f16 finite ones, since not all devices store others well. */
export function strangePixels(format: Format, { width, height }: Size): ReferenceArray {
  const isStored = (half: number) => format !== 'f16' || (half & 0x7c00) < 0x7c00;
  const strange = strangeElements(format).filter(isStored);
  return zeros(format, 4 * width * height).map((_, i) => strange[i % strange.length]!);
}

const ONE = { u8: 255, unorm8: 255, f16: 0x3c00, f32: 1 };

/** RGBA elements that are black and opaque. */
export function opaquePixels(format: keyof typeof ONE, { width, height }: Size): ReferenceArray {
  return zeros(format, 4 * width * height).map((_, i) => (i % 4 === 3 ? ONE[format] : 0));
}

/** The elements that a chain sees of RGBA elements: three of a pixel, or all four. */
export function elementsOf(rgba: ReferenceArray, channels: 3 | 4): ReferenceArray {
  return channels === 4 ? rgba.slice() : rgba.filter((_, i) => i % 4 !== 3);
}

/** RGBA elements of those that a chain gave, with alpha from elsewhere where it gave none. */
export function rgbaOf(elements: ReferenceArray, alpha: ReferenceArray): ReferenceArray {
  if (elements.length === alpha.length) return elements.slice();
  const rgba = alpha.slice();
  for (const [i, element] of elements.entries()) rgba[Math.floor(i / 3) * 4 + (i % 3)] = element;
  return rgba;
}
