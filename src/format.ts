/** How elements are stored. Between load and store, numbers are f32 in every format. */
export type Format = 'f32' | 'u8' | 'u32';

/** The typed array that holds elements of a format on the CPU. */
export interface FormatArray {
  readonly f32: Float32Array<ArrayBuffer>;
  readonly u8: Uint8Array<ArrayBuffer>;
  readonly u32: Uint32Array<ArrayBuffer>;
}

interface FormatKind<F extends Format> {
  /** Bytes per element. */
  readonly bytes: number;
  /** Whether elements are numbers that ops compute with, or raw words. */
  readonly holds: 'numbers' | 'words';
  /** A typed array over the given bytes. */
  readonly view: (bytes: ArrayBuffer, offset: number, count: number) => FormatArray[F];
}

export const formats: { readonly [F in Format]: FormatKind<F> } = {
  f32: { bytes: 4, holds: 'numbers', view: (...args) => new Float32Array(...args) },
  u8: { bytes: 1, holds: 'numbers', view: (...args) => new Uint8Array(...args) },
  u32: { bytes: 4, holds: 'words', view: (...args) => new Uint32Array(...args) },
};

export const formatNames = Object.keys(formats) as Format[];
