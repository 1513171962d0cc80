import { chiSquareTail, normalTail, poissonTail } from '../gamma.js';

/**
 * P-values: how likely what was found, or what is farther off, is. Those of chi-square, Anderson–Darling
 * and Kolmogorov–Smirnov are near 1 where the fit is better than chance makes it.
 */

/** Of a number of standard deviations, to both sides. */
export function normalP(deviations: number): number {
  return Math.min(1, 2 * normalTail(Math.abs(deviations)));
}

/** Of a Poisson variable, to both sides. */
export function poissonP(found: number, expected: number): number {
  const above = found === 0 ? 1 : poissonTail(found - 1, expected);
  const below = 1 - poissonTail(found, expected);
  return Math.min(1, 2 * Math.min(above, below));
}

/** Pearson's chi-square test. What cannot be and yet is found has p = 0. */
export function chiSquareP(counts: Float64Array, shares: Float64Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let chiSquare = 0;
  let cells = 0;
  for (const [i, share] of shares.entries()) {
    if (share === 0 && counts[i]! > 0) return 0;
    if (share === 0) continue;
    cells += 1;
    chiSquare += (counts[i]! - total * share) ** 2 / (total * share);
  }
  return chiSquareTail(chiSquare, cells - 1);
}

/**
 * Anderson and Darling's test of numbers in cells: Choulakian, Lockhart, Stephens 1994,
 * DOI 10.2307/3315828, with the mean share of the two cells beside a limit as its weight. Many cells
 * come close to the limit that is without cells, once the mean and the variance are made the same.
 */
export function andersonDarlingP(counts: Float64Array, shares: Float64Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let [below, above, found] = [0, 1, 0];
  let [statistic, mean, variance, before] = [0, 0, 0, 0];
  for (let i = 0; i + 1 < shares.length; i++) {
    below += shares[i]!;
    above -= shares[i]!;
    found += counts[i]!;
    const weight = (shares[i]! + shares[i + 1]!) / 2;
    // Where next to nothing lies beyond a limit, its weight is as small, and 1 − below has no digits.
    if (weight === 0 || below < 1e-9 || above < 1e-9) continue;
    statistic += ((found - total * below) ** 2 * weight) / (total * below * above);
    mean += weight;
    // The squared correlation of two limits is the ratio of their odds.
    variance += 2 * weight * (weight + 2 * before * (above / below));
    before += weight * (below / above);
  }
  const scaled = 1 + (statistic - mean) * Math.sqrt(LIMIT_VARIANCE / variance);
  return andersonDarlingTail(scaled);
}

/** The limit is Σ χ²/(j(j + 1)): mean 1, variance 2 Σ 1/(j(j + 1))². */
const LIMIT_VARIANCE = (2 * (Math.PI ** 2 - 9)) / 3;
const TERMS = 400;
const STEP = 0.05;
const STEPS = 16_000;

let grid: { angle: Float64Array; size: Float64Array } | undefined;

/** The characteristic function's angle and size in the middle of each step: Imhof's θ and 1/(u ρ). */
function imhofGrid() {
  const angle = new Float64Array(STEPS);
  const size = new Float64Array(STEPS);
  for (let i = 0; i < STEPS; i++) {
    const u = (i + 0.5) * STEP;
    let [turned, logarithm] = [0, 0];
    for (let j = 1; j <= TERMS; j++) {
      const weight = u / (j * (j + 1));
      turned += Math.atan(weight);
      logarithm += Math.log1p(weight * weight);
    }
    // Of the terms left out the mean counts, 1/(TERMS + 1): their variance is below 1e-8.
    angle[i] = turned / 2 + u / (2 * (TERMS + 1));
    size[i] = 1 / (u * Math.exp(logarithm / 4));
  }
  return { angle, size };
}

/**
 * P(A² > x) of Anderson and Darling's statistic for very many samples, by Imhof's integral: Biometrika 48
 * (1961), 419, DOI 10.1093/biomet/48.3-4.419. What is left out is below 1e-10.
 */
export function andersonDarlingTail(x: number): number {
  grid ??= imhofGrid();
  let sum = 0;
  for (let i = 0; i < STEPS; i++) {
    const u = (i + 0.5) * STEP;
    sum += Math.sin(grid.angle[i]! - (x * u) / 2) * grid.size[i]!;
  }
  return Math.min(1, Math.max(0, 0.5 + (sum * STEP) / Math.PI));
}

/** Kolmogorov and Smirnov's test of numbers that should be uniform in [0, 1]. */
export function uniformP(numbers: readonly number[]): number {
  const n = numbers.length;
  let distance = 0;
  for (const [i, x] of [...numbers].sort((a, b) => a - b).entries()) {
    distance = Math.max(distance, x - i / n, (i + 1) / n - x);
  }
  // Stephens' correction for finite n: Journal of the Royal Statistical Society B 32 (1970), 115.
  const scaled = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance;
  if (scaled < 0.2) return 1;
  let p = 0;
  for (let j = 1; j <= 100; j++) p += 2 * (-1) ** (j - 1) * Math.exp(-2 * (j * scaled) ** 2);
  return Math.min(1, Math.max(0, p));
}
