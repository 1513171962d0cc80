import * as tf from '@tensorflow/tfjs-core';
import { createNoiseEngine } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import { applyGradients, createWeights, forward } from './network.js';
import type { Outcome, Point, Setup } from './recipe.js';
import { steps } from './steps.js';
import { withTfjs } from './tfjs.js';

/**
 * How sure is a network of what it predicts? Noise on its weights makes copies of it, and where these
 * differ it knows little. The weights are learned as means of a normal posterior (Blundell et al., "Weight
 * uncertainty in neural networks", 2015, https://arxiv.org/abs/1505.05424), whose standard deviation is
 * given here and not learned. Beyond the points of the curve that it has seen it should be less sure.
 */
const POINTS = 136;
const STEPS = 150;
const STD = 0.05;
const COPIES = 32;
/** Where predictions are looked at: the points to learn from are from −1 to 1. */
const GRID = Array.from({ length: POINTS }, (_, i) => -2 + (4 * i) / (POINTS - 1));

const truth = (x: number) => Math.sin(3 * x);
const column = (values: readonly number[]) => tf.tensor2d([...values], [values.length, 1]);
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

export async function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });

  return withTfjs(device, async () => {
    const x = column(GRID.map((each) => each / 2));
    const y = column(GRID.map((each) => truth(each / 2)));
    const weights = createWeights(engine, [1, 16, 1]);

    /** Does something with noise on the weights, and takes the noise away by drawing it again. */
    function withNoise<T>(act: () => T): T {
      const at = engine.perturb(targets(weights), { std: STD });
      const result = act();
      engine.perturb(targets(weights), { std: STD, sign: -1, at });
      return result;
    }

    const optimizer = tf.train.adam(0.03);
    const loss = () => tf.losses.meanSquaredError(y, forward(weights, x)) as tf.Scalar;
    for await (const _ of steps(setup, STEPS, { to: 0.8 })) {
      tf.tidy(() => {
        // The slope at the weights with noise moves those without.
        applyGradients(optimizer, withNoise(() => tf.variableGrads(loss, weights)).grads);
      });
    }

    const grid = column(GRID);
    const predicted: tf.Tensor[] = [];
    for await (const _ of steps(setup, COPIES, { from: 0.8 })) {
      predicted.push(withNoise(() => forward(weights, grid)));
    }
    const { mean: means, variance } = tf.moments(tf.squeeze(tf.stack(predicted), [2]), 0);
    const [middle, stds] = [await means.data(), await tf.sqrt(variance).data()];
    engine.destroy();

    const curve = (height: (i: number) => number) => GRID.map((x, i): Point => [x, height(i)]);
    const spread = (where: (x: number) => boolean) =>
      mean([...stds].filter((_, i) => where(Math.abs(GRID[i]!))));
    const near = spread((x) => x < 1);
    const beyond = spread((x) => x > 1.5);
    return {
      numbers: {
        'spread where it has learned': near,
        'spread beyond': beyond,
        'spread beyond, in units of the other': beyond / near,
      },
      figure: {
        kind: 'curves',
        x: 'x',
        y: 'predicted',
        series: [
          { name: 'the curve', points: curve((i) => truth(GRID[i]!)) },
          { name: 'mean of the copies', points: curve((i) => middle[i]!) },
          {
            name: 'two standard deviations above',
            points: curve((i) => middle[i]! + 2 * stds[i]!),
          },
          { name: 'two below', points: curve((i) => middle[i]! - 2 * stds[i]!) },
        ],
      },
    };
  });
}
