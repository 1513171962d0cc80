import { writeFileSync } from 'node:fs';
import { type Digit, readDigits } from '../weights/mnist.js';
import { CLASSES, PIXELS, SIDE, TEST, TRAINING } from './digits.js';

/** Writes the digits that the recipes learn from and are tested by, each pixel the mean of four. */
const { training, test } = readDigits(TEST / CLASSES);
const kinds = Array.from({ length: CLASSES }, (_, label) =>
  training.filter((digit) => digit.label === label),
);
const even = Array.from({ length: TRAINING }, (_, index) => {
  return kinds[index % CLASSES]![Math.floor(index / CLASSES)]!;
});
const bytes = new Uint8Array((TRAINING + TEST) * PIXELS);
for (const [index, digit] of [...even, ...test].entries()) bytes.set(halved(digit), index * PIXELS);
writeFileSync(new URL('data/digits.bin', import.meta.url), bytes);
console.log(`Wrote ${TRAINING} digits to learn from, and ${TEST} others to test by.`);

function halved({ pixels }: Digit): Uint8Array {
  return Uint8Array.from({ length: PIXELS }, (_, place) => {
    const first = 4 * SIDE * Math.floor(place / SIDE) + 2 * (place % SIDE);
    const four = [first, first + 1, first + 2 * SIDE, first + 2 * SIDE + 1];
    return Math.round(four.reduce((sum, pixel) => sum + pixels[pixel]!, 0) / four.length);
  });
}
