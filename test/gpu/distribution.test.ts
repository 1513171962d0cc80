import { describe, expect, it } from 'vitest';
import {
  diffuse,
  dropout,
  gaussianDropout,
  laplace,
  noise,
  normal,
  type Op,
  perturb,
  poisson,
  saltPepper,
  truncatedNormal,
  uniform,
  uniformNoise,
} from 'webgpu-noise';
import {
  type Distribution,
  discreteOf,
  laplaceOf,
  normalOf,
  poissonOf,
  truncatedOf,
  uniformOf,
} from '../distributions.js';
import { fit } from '../fit.js';
import { testDevice } from './device.js';

const { engine, buffer } = await testDevice();

const COUNT = 2 ** 22;

/** What the op makes of 2^22 times the same x, each op from a seed of its own. */
async function samples(op: Op, x: number, seed: number): Promise<Float32Array> {
  const target = buffer(new Float32Array(COUNT).fill(x));
  const gpu = engine({ seed });
  gpu.chain([op]).run(target);
  const result = await gpu.read(target);
  target.destroy();
  return result;
}

type Case = [name: string, op: Op, x: number, exact: Distribution];

const cases: Case[] = [
  ['normal', normal(), 0, normalOf(0, 1)],
  ['noise', noise({ mean: 3, std: 0.5 }), 1, normalOf(4, 0.5)],
  ['perturb', perturb({ std: 2, relative: 'weight' }), -1.5, normalOf(-1.5, 3)],
  ['gaussianDropout', gaussianDropout({ rate: 0.2 }), 4, normalOf(4, 2)],
  ['diffuse', diffuse({ a: 0.5, b: 0.25 }), 2, normalOf(1, 0.25)],
  ['uniform', uniform({ low: -3, high: 5 }), 0, uniformOf(-3, 5)],
  ['uniformNoise', uniformNoise(), 2, uniformOf(1, 3)],
  ['laplace', laplace({ mean: 1, scale: 2 }), 0.5, laplaceOf(1.5, 2)],
  ['truncatedNormal', truncatedNormal(), 0, truncatedOf(0, 1, -2, 2)],
  ...(
    [
      [0.5, 30],
      [5, 6],
      [-7, -5],
      [-0.125, 40],
    ] as const
  ).map(
    ([low, high]): Case => [
      `truncatedNormal in [${low}, ${high}]`,
      truncatedNormal({ mean: 1, std: 0.5, low, high }),
      0,
      truncatedOf(1, 0.5, low, high),
    ],
  ),
  ...[2 ** -10, 0.25, 15.5, 16, 100, 5000].map(
    (rate): Case => [`poisson at ${rate}`, poisson(), rate, poissonOf(rate)],
  ),
  ['poisson at 3, scale 4', poisson({ scale: 4 }), 0.75, poissonOf(3, 4)],
  [
    'dropout',
    dropout({ rate: 0.25 }),
    3,
    discreteOf([
      [0, 0.25],
      [4, 0.75],
    ]),
  ],
  [
    'saltPepper',
    saltPepper({ p: 0.25, ratio: 0.125, low: -9, high: 9 }),
    1,
    discreteOf([
      [-9, 0.25 * 0.875],
      [1, 0.75],
      [9, 0.25 * 0.125],
    ]),
  ],
];

describe('2^22 samples', () => {
  // The seeds are fixed: what passes once always does. Chance alone would fail one list of seeds in 220 by
  // p (22 times 2e-4) and one in 3,300 by the moments (44 times 6.8e-6, two-sided 4.5 standard errors).
  it.each(cases)('follow their distribution: %s', async (name, op, x, exact) => {
    const seed = cases.findIndex((other) => other[0] === name);
    const found = fit(await samples(op, x, seed), exact);
    expect(Math.abs(found.mean)).toBeLessThan(4.5);
    expect(Math.abs(found.variance)).toBeLessThan(4.5);
    expect(found.p).toBeGreaterThan(1e-4);
    expect(found.p).toBeLessThan(1 - 1e-4);
  });

  it('would not pass as a distribution that is 1 % wider, or 2^-8 off', async () => {
    const found = await samples(noise(), 0, 0);
    expect(fit(found, normalOf(0, 1.01)).variance).toBeLessThan(-4.5);
    expect(fit(found, normalOf(0, 1.01)).p).toBeLessThan(1e-4);
    expect(fit(found, normalOf(2 ** -8, 1)).mean).toBeLessThan(-4.5);
  });
});
