/**
 * How elements are stored. Between load and store, numbers are f32 in every format, and the draw for
 * an element is the same.
 *
 * - `f32`, `f16`, `bf16`: floats; f16 works on every device, with or without `shader-f16`
 * - `u8`, `i8`: whole numbers 0 to 255, −128 to 127; values outside are clamped, NaN becomes 0
 * - `unorm8`: a byte b that stands for b / 255; values outside 0 to 1 are clamped, NaN becomes 0
 * - `u32`: raw words, for `bits()`
 */
export type Format = 'f32' | 'f16' | 'bf16' | 'u8' | 'i8' | 'unorm8' | 'u32';

type Float16 = typeof globalThis extends { Float16Array: new (buffer: ArrayBuffer) => infer T }
  ? T
  : never;

/** The typed array that holds elements of a format on the CPU. */
export interface FormatArray {
  readonly f32: Float32Array<ArrayBuffer>;
  /** A Float16Array where the runtime has it, else the bits. */
  readonly f16: Float16 | Uint16Array<ArrayBuffer>;
  /** The bits: the upper halves of f32 numbers. */
  readonly bf16: Uint16Array<ArrayBuffer>;
  readonly u8: Uint8Array<ArrayBuffer>;
  readonly i8: Int8Array<ArrayBuffer>;
  readonly unorm8: Uint8Array<ArrayBuffer>;
  readonly u32: Uint32Array<ArrayBuffer>;
}

interface FormatKind<F extends Format> {
  /** Bytes per element. */
  readonly bytes: 1 | 2 | 4;
  /** Whether elements are numbers that ops compute with, or raw words. */
  readonly holds: 'numbers' | 'words';
  /** Whether storing rounds by the chain's `rounding`. */
  readonly rounds: boolean;
  /** A typed array over the given bytes. */
  readonly view: (bytes: ArrayBuffer, offset: number, count: number) => FormatArray[F];
}

type View<F extends Format> = FormatKind<F>['view'];

const bits16: View<'bf16'> = (...args) => new Uint16Array(...args);
const bytes: View<'u8'> = (...args) => new Uint8Array(...args);
const float16: View<'f16'> = (...args) => {
  const { Float16Array = Uint16Array } = globalThis as { Float16Array?: Uint16ArrayConstructor };
  return new Float16Array(...args);
};

export const formats: { readonly [F in Format]: FormatKind<F> } = {
  f32: { bytes: 4, holds: 'numbers', rounds: false, view: (...args) => new Float32Array(...args) },
  f16: { bytes: 2, holds: 'numbers', rounds: false, view: float16 },
  bf16: { bytes: 2, holds: 'numbers', rounds: false, view: bits16 },
  u8: { bytes: 1, holds: 'numbers', rounds: true, view: bytes },
  i8: { bytes: 1, holds: 'numbers', rounds: true, view: (...args) => new Int8Array(...args) },
  unorm8: { bytes: 1, holds: 'numbers', rounds: true, view: bytes },
  u32: { bytes: 4, holds: 'words', rounds: false, view: (...args) => new Uint32Array(...args) },
};

/** Whether an element takes a word of its own, and a quad of them 16 bytes. */
export const isWord = (format: Format): boolean => formats[format].bytes === 4;

export const formatNames = Object.keys(formats) as Format[];

/** The formats of numbers, which ops compute with. */
export const numberFormats = formatNames.filter((name) => formats[name].holds === 'numbers');
