import { normalTail, poissonTail } from './gamma.js';

/** A distribution in float64, to compare samples with. */
export interface Distribution {
  /** P(X > x). */
  readonly beyond: (x: number) => number;
  readonly mean: number;
  readonly variance: number;
  /** E (X − mean)⁴. */
  readonly fourth: number;
}

export function normalOf(mean: number, std: number): Distribution {
  const beyond = (x: number) => normalTail((x - mean) / std);
  return { beyond, mean, variance: std ** 2, fourth: 3 * std ** 4 };
}

export function uniformOf(low: number, high: number): Distribution {
  const width = high - low;
  const beyond = (x: number) => Math.min(1, Math.max(0, (high - x) / width));
  return { beyond, mean: (low + high) / 2, variance: width ** 2 / 12, fourth: width ** 4 / 80 };
}

export function laplaceOf(mean: number, scale: number): Distribution {
  const beyond = (x: number) => {
    const tail = Math.exp(-Math.abs(x - mean) / scale) / 2;
    return x < mean ? 1 - tail : tail;
  };
  return { beyond, mean, variance: 2 * scale ** 2, fourth: 24 * scale ** 4 };
}

/** mean + std·z, z standard normal, given that it lies in [low, high]. */
export function truncatedOf(mean: number, std: number, low: number, high: number): Distribution {
  // Of an interval on the left the mirror image: there are digits for its tail.
  if (high < 0) {
    const mirrored = truncatedOf(-mean, std, -high, -low);
    return { ...mirrored, mean: -mirrored.mean, beyond: (x) => 1 - mirrored.beyond(-x) };
  }
  const inside = normalTail(low) - normalTail(high);
  const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  // Integration by parts: E z^k = (k − 1) E z^(k−2) + (low^(k−1) φ(low) − high^(k−1) φ(high)) / inside.
  const moments = [1];
  for (let k = 1; k <= 4; k++) {
    const ends = low ** (k - 1) * density(low) - high ** (k - 1) * density(high);
    moments.push((k - 1) * (moments[k - 2] ?? 0) + ends / inside);
  }
  const [, m1, m2, m3, m4] = moments as [number, number, number, number, number];
  return {
    beyond(x) {
      const z = Math.min(high, Math.max(low, (x - mean) / std));
      return (normalTail(z) - normalTail(high)) / inside;
    },
    mean: mean + std * m1,
    variance: std ** 2 * (m2 - m1 ** 2),
    fourth: std ** 4 * (m4 - 4 * m3 * m1 + 6 * m2 * m1 ** 2 - 3 * m1 ** 4),
  };
}

/** A Poisson variable of this rate, over `scale`. */
export function poissonOf(rate: number, scale = 1): Distribution {
  return {
    beyond: (x) => poissonTail(Math.floor(x * scale), rate),
    mean: rate / scale,
    variance: rate / scale ** 2,
    fourth: (rate + 3 * rate ** 2) / scale ** 4,
  };
}

/** Values with their probabilities. */
export function discreteOf(values: readonly (readonly [x: number, p: number])[]): Distribution {
  const expected = (f: (x: number) => number) => values.reduce((sum, [x, p]) => sum + p * f(x), 0);
  const mean = expected((x) => x);
  return {
    beyond: (limit) => expected((x) => (x > limit ? 1 : 0)),
    mean,
    variance: expected((x) => (x - mean) ** 2),
    fourth: expected((x) => (x - mean) ** 4),
  };
}
