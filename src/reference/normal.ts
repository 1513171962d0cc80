import { bitsOf, ofBits } from './float.js';
import { isWord, noWords } from './words.js';

/**
 * The CPU twin of shaders/lib/normal/exact.wgsl: the same functions with the same names, one `round`
 * for every operation there that rounds. Hexadecimal constants are those of WGSL, digit by digit:
 * 0x1.715474p-9 is 0x1715474 · 2^(-9 - 24).
 */
const { fround: round } = Math;

const P0 = 0x1715474 * 2 ** -33;
const P1 = 0x1a60e04 * 2 ** -34;
const P2 = 0x18431aa * 2 ** -37;
const Q1 = 0x1a48c16 * 2 ** -25;
const Q2 = 0x180726c * 2 ** -27;
const Q3 = 0x13ffe10 * 2 ** -31;

/** −log2((w + ½)·2^-32) / 256 as a fraction [p, q]. */
function normalLog2(w: number): [number, number] {
  const low = ((w & 0xff) + 0.5) * 2 ** -31;
  const upperHalf = w >= 2 ** 31;
  const twice = bitsOf(((w & 0xffffff00) >>> 0) * 2 ** -31 + (upperHalf ? 0 : low));
  const m = (twice & 0x7fffff) | 0x3f800000;
  const y = round(2 - ofBits(m) - (upperHalf ? low : 0));
  const k = (m - twice) * 2 ** -31;

  const q2 = round(round(Q2 - round(Q3 * y)) * y);
  const q = round(1 - round(round(Q1 - q2) * y));
  const p1 = round(round(P1 - round(P2 * y)) * y);
  const p = round(round(P0 - p1) * y);
  return [round(p + round(k * q)), q];
}

const G0 = 0x1921fb4 * 2 ** -25;
const G1 = 0x11d8f10 * 2 ** -25;
const G2 = 0x11441e0 * 2 ** -27;
const G3 = 0x1a3c86c * 2 ** -29;
const G4 = 0x1dcf922 * 2 ** -30;

/** [sine, cosine] of the angle word, up to a common factor and whole half turns. */
function normalDirection(w: number): [number, number] {
  const x = ((w << 1) >> 8) * 2 ** -24 + 2 ** -25;
  const z = round(x * x);
  const g3 = round(round(G3 + round(G4 * z)) * z);
  const g2 = round(round(G2 + g3) * z);
  const g1 = round(round(G1 + g2) * z);
  return [round(x * round(G0 - g1)), round(0.25 - z)];
}

const MAGIC = 0x5ea29600;
const STEP1 = 0x13a19be * 2 ** -25;
const STEP2_0 = 0x17e4152 * 2 ** -17;
const STEP2_1 = 0x1d253b8 * 2 ** -28;

/** The radius, of the fraction [p, q] of `normalLog2`, over the length of the direction. */
function normalRadius(p: number, q: number, sine: number, cosine: number): number {
  const squared = round(round(sine * sine) + round(cosine * cosine));
  const s = round(round(p * q) * squared);
  const guess = ofBits(MAGIC - (bitsOf(s) >>> 1));
  const e0 = round(round(s * guess) * guess);
  const step1 = round(STEP1 - e0);
  const e1 = round(round(e0 * step1) * step1);
  const step2 = round(STEP2_0 - round(round(STEP2_1 - e1) * e1) * 2 ** 15);
  return round(round(round(p * guess) * step1) * step2);
}

/**
 * Two standard normals from two random words, the bits that every device gives in exact math:
 * Box and Muller, "A note on the generation of random normal deviates", 1958,
 * DOI 10.1214/aoms/1177706645, as [r·sin t, r·cos t].
 *
 * @param w0 the word of the radius, 0 to 2^32 − 1
 * @param w1 the word of the angle, 0 to 2^32 − 1
 * @throws {TypeError | RangeError} when one is not such a word
 */
export function normalPair(w0: number, w1: number): [number, number] {
  if (!isWord(w0) || !isWord(w1)) throw noWords('normalPair', w0, w1);
  const [p, q] = normalLog2(w0);
  const [sine, cosine] = normalDirection(w1);
  const r = normalRadius(p, q, sine, cosine);
  const signed = (w1 + 0x40000000) & 0x80000000 ? -r : r;
  return [round(signed * sine), round(signed * cosine)];
}

/**
 * The same transform in the double precision of JavaScript's Math, without the rounding of f32: what
 * `normalPair` approximates, and the twin of native math.
 *
 * @param w0 the word of the radius, 0 to 2^32 − 1
 * @param w1 the word of the angle, 0 to 2^32 − 1
 * @throws {TypeError | RangeError} when one is not such a word
 */
export function normalPairFloat64(w0: number, w1: number): [number, number] {
  if (!isWord(w0) || !isWord(w1)) throw noWords('normalPairFloat64', w0, w1);
  const u = (w0 + 0.5) * 2 ** -32;
  const logarithm = u < 0.5 ? Math.log(u) : Math.log1p(u - 1);
  const r = Math.sqrt(-2 * logarithm);
  const t = 2 * Math.PI * (w1 + 0.5) * 2 ** -32;
  return [r * Math.sin(t), r * Math.cos(t)];
}
