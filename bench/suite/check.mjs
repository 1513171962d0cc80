// What is fast and wrong is not measured: what a contestant makes must have the moments that it should.

/** Sample moments are normally distributed; 1 in 5·10⁸ is so many standard deviations off. */
const DEVIATIONS = 6;

/**
 * @param values what came out
 * @param expected `mean` and `std` of the distribution
 * @throws {Error} when the values are not of such a distribution
 */
export function checkMoments(values, { mean, std }) {
  const n = values.length;
  let sum = 0;
  for (const value of values) sum += value;
  const found = sum / n;
  let square = 0;
  let fourth = 0;
  for (const value of values) {
    const d2 = (value - found) ** 2;
    square += d2;
    fourth += d2 * d2;
  }
  const variance = square / n;
  // The variance of a sample variance is (fourth central moment - variance²) / n.
  const meanError = std / Math.sqrt(n);
  const varianceError = Math.sqrt(Math.max(fourth / n - variance ** 2, variance ** 2 / n) / n);
  check('mean', found, mean, DEVIATIONS * meanError);
  check('variance', variance, std ** 2, DEVIATIONS * varianceError);
}

function check(what, found, wanted, tolerance) {
  if (Math.abs(found - wanted) <= tolerance) return;
  const range = `${wanted.toPrecision(5)} ± ${tolerance.toPrecision(2)}`;
  throw new Error(`the output's ${what} must be ${range}, got ${found.toPrecision(6)}`);
}
