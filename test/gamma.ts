/**
 * Distribution functions in float64, all by the regularized incomplete gamma function. Its series and its
 * continued fraction (by Lentz's method): DLMF, https://dlmf.nist.gov/8.11.E4 and https://dlmf.nist.gov/8.9.E2.
 */

/** ln Γ(a) for a > 0: Stirling's series, https://dlmf.nist.gov/5.11.E1, from a ≥ 15 on; 1e-15 relative. */
export function logGamma(a: number): number {
  if (a < 15) return logGamma(a + 1) - Math.log(a);
  const series = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];
  const sum = series.reduceRight((rest, term) => term + rest / a ** 2);
  return (a - 0.5) * Math.log(a) - a + Math.log(2 * Math.PI) / 2 + sum / a;
}

/** The lower and upper regularized incomplete gamma functions P(a, x) and Q(a, x), for a > 0, x ≥ 0. */
export function gamma(a: number, x: number): { lower: number; upper: number } {
  if (x === 0) return { lower: 0, upper: 1 };
  const factor = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * 2 ** -53; n++) sum += term *= x / (a + n);
    return { lower: factor * sum, upper: 1 - factor * sum };
  }
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1, ratio = 2; Math.abs(ratio - 1) > 2 ** -52; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    ratio = c * d;
    fraction *= ratio;
  }
  return { lower: 1 - factor * fraction, upper: factor * fraction };
}

/** P(Z > z) of a standard normal Z, with relative precision. */
export function normalTail(z: number): number {
  const { lower, upper } = gamma(0.5, z ** 2 / 2);
  return z < 0 ? (1 + lower) / 2 : upper / 2;
}

/** P(X > k) of a Poisson variable X of the given rate, for a whole k ≥ −1. */
export function poissonTail(k: number, rate: number): number {
  return k < 0 ? 1 : gamma(k + 1, rate).lower;
}

/** P(X > x) of a chi-square variable X. */
export function chiSquareTail(x: number, degrees: number): number {
  return gamma(degrees / 2, x / 2).upper;
}
