import type { Format } from 'webgpu-noise';
import type { ReferenceArray } from 'webgpu-noise/reference';
import { formats } from '../src/format.js';
import { storedArray, strangeElements } from './arrays.js';
import type { Size } from './table/pixels.mjs';

export * from './table/pixels.mjs';

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
