/**
 * clip(x + mean + std·z, min, max), rounded to nearest even, in float64 and with nothing of the
 * library's: what the demo must write.
 */
export interface Recipe {
  readonly seed: bigint;
  readonly stream: bigint;
  readonly mean: number;
  readonly std: number;
  readonly clip: readonly [min: number, max: number];
}

export const CLASSIC: Recipe = { seed: 42n, stream: 0n, mean: 0, std: 50, clip: [0, 255] };

/**
 * How close to a rounding tie, in grey levels, f32 may round the other way. Exact math is promised
 * within 3e-6 of z, and x + t below 1024 rounds by at most 2^-14: below 1e-3 for std up to 300.
 */
export const TIE = 1e-3;

/** Standard normals 0 to count − 1 of a stream, by Box and Muller. */
export function normals(seed: bigint, stream: bigint, count: number): Float64Array {
  const z = new Float64Array(Math.ceil(count / 4) * 4);
  for (let block = 0; block < z.length / 4; block++) {
    const words = philox(seed, stream, BigInt(block));
    for (const pair of [0, 2]) {
      const radius = Math.sqrt(-2 * Math.log((words[pair]! + 0.5) * 2 ** -32));
      const angle = 2 * Math.PI * (words[pair + 1]! + 0.5) * 2 ** -32;
      z[4 * block + pair] = radius * Math.sin(angle);
      z[4 * block + pair + 1] = radius * Math.cos(angle);
    }
  }
  return z.subarray(0, count);
}

const low = (value: bigint) => value & 0xffffffffn;
const high = (value: bigint) => value >> 32n;

/** Philox4x32-10 as in Salmon et al. 2011, https://doi.org/10.1145/2063384.2063405 */
export function philox(seed: bigint, stream: bigint, block: bigint): number[] {
  let [k0, k1] = [low(seed), high(seed)];
  let [c0, c1, c2, c3] = [low(block), high(block), low(stream), high(stream)];
  for (let round = 0; round < 10; round++) {
    const p0 = 0xd2511f53n * c0;
    const p1 = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [high(p1) ^ c1 ^ k0, low(p1), high(p0) ^ c3 ^ k1, low(p0)];
    [k0, k1] = [low(k0 + 0x9e3779b9n), low(k1 + 0xbb67ae85n)];
  }
  return [c0, c1, c2, c3].map(Number);
}

/** Compares bytes with the recipe's: those that are wrong, and how many ties went the other way. */
export function compare(
  samples: ArrayLike<number>,
  noisy: ArrayLike<number>,
  { seed, stream, mean, std, clip: [min, max] }: Recipe,
) {
  const wrong: { element: number; expected: number; received: number | undefined }[] = [];
  let ties = 0;
  for (const [element, z] of normals(seed, stream, samples.length).entries()) {
    const value = Math.min(Math.max(samples[element]! + mean + std * z, min), max);
    const expected = roundToEven(value);
    const received = noisy[element];
    if (received === expected) continue;
    const nearTie = Math.abs(value - Math.floor(value) - 0.5) <= TIE;
    if (nearTie && Math.abs(received! - expected) === 1) ties++;
    else wrong.push({ element, expected: value, received });
  }
  return { wrong, ties };
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Mean and standard deviation, in two passes. */
export function moments(values: ArrayLike<number>) {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
  return { mean, std: Math.sqrt(variance) };
}
