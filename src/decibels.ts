const { round } = Math;

/** log2(10) / 20 in float64: octaves of amplitude to a decibel. */
const OCTAVES = 0.16609640474436813;

/**
 * 10^(db / 20) in f32: the ratio of two amplitudes. Only sums, products and quotients of float64, which
 * every runtime rounds alike, as it need not for `Math.pow`.
 *
 * @param db from −600 to 600
 */
export function amplitudeRatio(db: number): number {
  const octaves = db * OCTAVES;
  const whole = round(octaves);
  const x = (octaves - whole) * Math.LN2; // |x| ≤ 0.35
  // The series of e^x. Its 16th term is below 2^-68.
  let sum = 1;
  for (let n = 15; n > 0; n--) sum = 1 + (x * sum) / n;
  let ratio = sum;
  for (let i = 0; i < whole; i++) ratio *= 2;
  for (let i = 0; i > whole; i--) ratio /= 2;
  return Math.fround(ratio);
}
