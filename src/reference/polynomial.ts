/** The CPU twin of shaders/lib/polynomial.wgsl. */
const { fround: round } = Math;

/** c[0] + c[1]·x + c[2]·x² + … by Horner's scheme, each product and each sum rounded to f32. */
export function polynomial(x: number, coefficients: readonly number[]): number {
  return coefficients.reduceRight((sum, coefficient) => round(round(sum * x) + coefficient));
}
