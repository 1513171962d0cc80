import * as tf from '@tensorflow/tfjs-core';
import { createNoiseEngine, noise } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import { createWeights, forward } from './network.js';
import { createMoons, pointsOf, shareRight } from './points.js';
import type { Outcome, Setup } from './recipe.js';
import { steps } from './steps.js';
import { withTfjs } from './tfjs.js';

/**
 * Learning from few labels: a classifier is to say the same of two noisy views of a point, which needs no
 * label: the Π-model of Laine and Aila, "Temporal ensembling for semi-supervised learning", 2017,
 * https://arxiv.org/abs/1610.02242. Of the points of two half moons six have labels.
 */
const POINTS = 72;
const LABELS = 6;
const STEPS = 200;
const STD = 0.15;
/** Of the views' mean squared disagreement in the loss, once half of the steps are done. */
const WEIGHT = 8;

export async function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });
  const view = engine.chain([noise({ std: STD })]);

  return withTfjs(device, async () => {
    const { points, kinds } = createMoons(engine, POINTS);
    const chosen = Array.from({ length: LABELS }, (_, label) => {
      const along = (Math.floor(label / 2) + 0.5) / (LABELS / 2);
      return 2 * Math.floor((along * POINTS) / 2) + (label % 2);
    });
    const few = tf.gather(points, chosen);
    const labels = tf.gather(kinds, chosen);

    async function train(weight: number, from: number): Promise<tf.Variable[]> {
      const weights = createWeights(engine, [2, 16, 1]);
      const optimizer = tf.train.adam(0.03);
      for await (const step of steps(setup, STEPS, { from, to: from + 0.5 })) {
        tf.tidy(() => {
          const views = tf.tile(points, [2, 1]);
          if (weight > 0) view.run(targets(views));
          optimizer.minimize(
            () => {
              const loss = tf.losses.sigmoidCrossEntropy(labels, forward(weights, few));
              if (weight === 0) return loss as tf.Scalar;
              const [one, other] = tf.split(tf.sigmoid(forward(weights, views)), 2);
              const apart = tf.losses.meanSquaredError(one!, other!);
              return tf.add(loss, tf.mul(weight * Math.min(1, (2 * step) / STEPS), apart));
            },
            false,
            weights,
          );
        });
      }
      return weights;
    }

    const alone = await train(0, 0);
    const agreeing = await train(WEIGHT, 0.5);
    const scores = forward(agreeing, points);
    const told = await scores.data();
    const drawn = await pointsOf(points);
    const numbers = {
      'accuracy by six labels alone': await shareRight(forward(alone, points), kinds),
      'accuracy with views that agree': await shareRight(scores, kinds),
    };
    engine.destroy();
    return {
      numbers,
      figure: {
        kind: 'dots',
        x: 'x',
        y: 'y',
        series: [
          { name: 'told to be of the first kind', points: drawn.filter((_, i) => told[i]! <= 0) },
          { name: 'told to be of the second', points: drawn.filter((_, i) => told[i]! > 0) },
          { name: 'with labels', points: chosen.map((i) => drawn[i]!) },
        ],
      },
    };
  });
}
