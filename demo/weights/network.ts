/**
 * The classifier of digits: 784 pixels, 32 hidden units with max(x, 0), 10 scores. Its weights are one list
 * of numbers: from each pixel to all units, the units' biases, from each unit to all scores, the scores'
 * biases.
 */
export const PIXELS = 28 * 28;
export const UNITS = 32;
export const CLASSES = 10;

/** The parts of the list, each a tensor of its own for what is relative to a tensor's rms. */
const counts = [PIXELS * UNITS, UNITS, UNITS * CLASSES, CLASSES] as const;

const ends = counts.map((_, part) => counts.slice(0, part + 1).reduce((sum, count) => sum + count));

/** Where each part begins, and how many numbers it has. */
export const PARTS = counts.map((count, part) => ({ offset: ends[part]! - count, count }));

/** Numbers in all. */
export const WEIGHTS = ends.at(-1)!;

/** Views of the parts. */
export function partsOf(weights: Float32Array): Float32Array[] {
  return PARTS.map(({ offset, count }) => weights.subarray(offset, offset + count));
}

/** What the hidden units give for a digit of 784 bytes. */
export function unitsOf(weights: Float32Array, digit: Uint8Array): Float64Array {
  const [into, biases] = partsOf(weights);
  const units = Float64Array.from(biases!);
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    const light = digit[pixel]! / 255;
    if (light === 0) continue; // as most pixels are
    for (let unit = 0; unit < UNITS; unit++) units[unit]! += light * into![pixel * UNITS + unit]!;
  }
  return units.map((x) => Math.max(x, 0));
}

/** The ten scores from what the hidden units give. */
export function scoresOf(weights: Float32Array, units: Float64Array): Float64Array {
  const [, , out, biases] = partsOf(weights);
  return Float64Array.from(biases!, (bias, score) =>
    units.reduce((sum, x, unit) => sum + x * out![unit * CLASSES + score]!, bias),
  );
}

/** The place of the highest score. */
export const guessOf = (scores: Float64Array) => scores.indexOf(Math.max(...scores));

/** Digit i of the test digits shows i mod 10. */
export const labelOf = (index: number) => index % CLASSES;

/** How many of the test digits are told right. */
export function countRight(weights: Float32Array, digits: Uint8Array): number {
  let right = 0;
  for (let index = 0; index < digits.length / PIXELS; index++) {
    const digit = digits.subarray(index * PIXELS, (index + 1) * PIXELS);
    if (guessOf(scoresOf(weights, unitsOf(weights, digit))) === labelOf(index)) right++;
  }
  return right;
}
