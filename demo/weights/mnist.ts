import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { CLASSES, PIXELS } from './network.js';

const { resolve } = createRequire(import.meta.url);

/** A digit as 784 bytes, and what it shows. */
export interface Digit {
  readonly pixels: Uint8Array;
  readonly label: number;
}

/** All digits of a kind that the package `mnist` has, as the bytes that they were scanned as. */
function digitsOf(label: number): Digit[] {
  const path = resolve(`mnist/src/digits/${label}.json`);
  const { data }: { data: number[] } = JSON.parse(readFileSync(path, 'utf8'));
  return Array.from({ length: Math.floor(data.length / PIXELS) }, (_, index) => ({
    // Bytes were divided by 255 and rounded to three digits, which is fine enough to have them back.
    pixels: Uint8Array.from(data.slice(index * PIXELS, (index + 1) * PIXELS), (x) =>
      Math.round(255 * x),
    ),
    label,
  }));
}

/**
 * The digits to train by, and those to test by: the last of each kind, in turn, so that test digit i shows
 * i mod 10.
 *
 * @param tested how many of each kind are for tests
 */
export function readDigits(tested: number): { training: Digit[]; test: Digit[] } {
  const kinds = Array.from({ length: CLASSES }, (_, label) => digitsOf(label));
  return {
    training: kinds.flatMap((kind) => kind.slice(0, -tested)),
    test: Array.from({ length: CLASSES * tested }, (_, index) => {
      return kinds[index % CLASSES]!.at(Math.floor(index / CLASSES) - tested)!;
    }),
  };
}
