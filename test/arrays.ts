import { bits, type Format } from 'webgpu-noise';
import { createReferenceEngine, type ReferenceArray } from 'webgpu-noise/reference';
import { formats } from '../src/format.js';
import { makeFinite } from './table/cell.mjs';

/** The bytes of an array as elements of a format; those of f16 as bits, whatever the runtime has. */
export function storedArray(format: Format, array: ArrayBufferView): ReferenceArray {
  const bytes = array.buffer as ArrayBuffer;
  const count = array.byteLength / formats[format].bytes;
  if (format === 'f16') return new Uint16Array(bytes, array.byteOffset, count);
  return formats[format].view(bytes, array.byteOffset, count);
}

/** Numbers spread over the range of f32, with all its special cases. */
export function strangeNumbers(count: number): Float32Array {
  const words = new Uint32Array(count);
  createReferenceEngine({ seed: 99 }).chain([bits()], { format: 'u32' }).run(words);
  const numbers = new Float32Array(words.buffer);
  const special = [
    0,
    -0,
    1,
    -1,
    Infinity,
    -Infinity,
    Number.NaN,
    2 ** -149,
    -(2 ** -149),
    2 ** -126,
  ];
  numbers.set(special, 1);
  return numbers;
}

/** 1600 elements of a format with strange bits. */
export function strangeElements(format: Format): ReferenceArray {
  const numbers = strangeNumbers(400 * formats[format].bytes);
  if (format === 'f32') return numbers;
  return storedArray(format, numbers);
}

/** 1600 elements of a format with strange bits, none of them infinite or NaN. */
export function finiteElements(format: Format): ReferenceArray {
  const strange = strangeElements(format);
  makeFinite(format, new Uint32Array(strange.buffer));
  return strange;
}
