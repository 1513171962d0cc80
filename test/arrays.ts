import type { Format } from 'webgpu-noise';
import type { ReferenceArray } from 'webgpu-noise/reference';
import { formats } from '../src/format.js';

/** The bytes of an array as elements of a format; those of f16 as bits, whatever the runtime has. */
export function storedArray(format: Format, array: ArrayBufferView): ReferenceArray {
  const bytes = array.buffer as ArrayBuffer;
  const count = array.byteLength / formats[format].bytes;
  if (format === 'f16') return new Uint16Array(bytes, array.byteOffset, count);
  return formats[format].view(bytes, array.byteOffset, count);
}
