import { readBytes } from './files.js';

/** Pixels along a side of a digit, and in all. */
export const SIDE = 14;
export const PIXELS = SIDE * SIDE;
export const CLASSES = 10;

/** How many digits are there to learn from; those after them in the file are for tests. */
export const TRAINING = 2000;
export const TEST = 1000;

/** Digits of MNIST at half their size. Digit i shows i mod 10, so that every stretch of them is even. */
export interface Digits {
  readonly count: number;
  /** From 0 to 1, digit after digit, row by row. */
  readonly images: Float32Array<ArrayBuffer>;
  /** The same as bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly labels: Int32Array<ArrayBuffer>;
}

/** Reads the digits, which `npm run demo:digits` made. */
export async function loadDigits(): Promise<{ training: Digits; test: Digits }> {
  const all = await readBytes(new URL('./data/digits.bin', import.meta.url));
  const part = (first: number, count: number): Digits => {
    const bytes = all.slice(first * PIXELS, (first + count) * PIXELS);
    return {
      count,
      images: Float32Array.from(bytes, (level) => level / 255),
      bytes,
      labels: Int32Array.from({ length: count }, (_, index) => index % CLASSES),
    };
  };
  return { training: part(0, TRAINING), test: part(TRAINING, TEST) };
}
