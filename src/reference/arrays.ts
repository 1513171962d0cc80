import { isTyped } from '../check.js';
import type { Format } from '../format.js';
import type { BufferTrait, ResolvedRange } from '../target.js';
import type { ListTrait } from '../targets.js';

/** A typed array that holds elements of some format; those of f16 and bf16 as bits. */
export type ReferenceArray =
  | Float32Array
  | Uint16Array
  | Uint8Array
  | Uint8ClampedArray
  | Int8Array
  | Uint32Array;

const { Float16Array: float16 = [] } = globalThis as { Float16Array?: Uint16ArrayConstructor };

const arrayTypes: Record<Format, { readonly name: string; new (): ReferenceArray }[]> = {
  f32: [Float32Array],
  f16: [Uint16Array].concat(float16),
  bf16: [Uint16Array],
  u8: [Uint8Array, Uint8ClampedArray],
  i8: [Int8Array],
  unorm8: [Uint8Array, Uint8ClampedArray],
  u32: [Uint32Array],
};

/** Typed arrays that hold elements of a format. */
export function arrays(format: Format): ListTrait<ReferenceArray> {
  const types = arrayTypes[format];
  return {
    noun: `a ${types[0]!.name}`,
    is: (value): value is ReferenceArray => types.some((type) => isTyped(value, type)),
    length: ({ length }) => length,
    check: () => {},
    checkWhole: () => {},
    span: (range) => {
      const { buffer, byteOffset, byteLength } = slice(range);
      return { memory: buffer, from: byteOffset, to: byteOffset + byteLength };
    },
  };
}

/** Typed arrays of any kind, seen as elements of `bytes` bytes. */
export function anyArray(bytes: number): BufferTrait<ReferenceArray> {
  const types = Object.values(arrayTypes).flat();
  return {
    noun: 'a typed array',
    is: (value): value is ReferenceArray => types.some((type) => isTyped(value, type)),
    length: ({ byteLength }) => Math.floor(byteLength / bytes),
    check: () => {},
    checkWhole: () => {},
  };
}

/** The range's elements; those of a Float16Array as bits. */
export function slice({ buffer, offset, count }: ResolvedRange<ReferenceArray>): ReferenceArray {
  const range = buffer.subarray(offset, offset + count);
  const isFloat16 = range.constructor.name === 'Float16Array';
  return isFloat16 ? new Uint16Array(range.buffer, range.byteOffset, count) : range;
}
