import { PIXELS, SIDE } from './digits.js';
import type { Picture } from './recipe.js';

/** Digits side by side, eight to a row. */
const COLUMNS = 8;

/** Draws the first digits of a list in one picture. */
export function mosaic(name: string, images: ArrayLike<number>, count: number): Picture {
  const width = COLUMNS * SIDE;
  const height = Math.ceil(count / COLUMNS) * SIDE;
  const values = new Float32Array(width * height);
  for (let index = 0; index < count * PIXELS; index++) {
    const digit = Math.floor(index / PIXELS);
    const row = SIDE * Math.floor(digit / COLUMNS) + Math.floor((index % PIXELS) / SIDE);
    const column = SIDE * (digit % COLUMNS) + (index % SIDE);
    values[row * width + column] = images[index]!;
  }
  return { name, width, height, channels: 1, values };
}
