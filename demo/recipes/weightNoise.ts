import * as tf from '@tensorflow/tfjs-core';
import { createNoiseEngine } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import { CLASSES } from './digits.js';
import { applyGradients, createWeights, forward } from './network.js';
import type { Outcome, Setup } from './recipe.js';
import { loadSmallDigits, SMALL, shareTold } from './smallDigits.js';
import { steps } from './steps.js';
import { withTfjs } from './tfjs.js';

/**
 * Weight noise as regularisation: the slope is taken at weights with noise, another at each step, and moves
 * those without. What is learned must not hang on digits of its weights (An, "The effects of adding noise
 * during backpropagation training on a generalization performance", 1996,
 * DOI 10.1162/neco.1996.8.3.643). A network that learns from few digits for long learns them
 * by heart, and is too sure of others; noise hinders it.
 */
const LEARNED = 104;
const TESTED = 504;
const STEPS = 120;
const STD = 0.2;

export async function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });

  return withTfjs(device, async () => {
    const { training, test } = await loadSmallDigits(LEARNED, TESTED);

    async function train(std: number, from: number): Promise<tf.Variable[]> {
      const weights = createWeights(engine, [SMALL, 32, CLASSES]);
      const optimizer = tf.train.adam(0.02);
      const loss = () => {
        const scores = forward(weights, training.images);
        return tf.losses.sigmoidCrossEntropy(training.labels, scores) as tf.Scalar;
      };
      for await (const _ of steps(setup, STEPS, { from, to: from + 0.5 })) {
        tf.tidy(() => {
          const at = engine.perturb(targets(weights), { std });
          const { grads } = tf.variableGrads(loss, weights);
          engine.perturb(targets(weights), { std, sign: -1, at });
          applyGradients(optimizer, grads);
        });
      }
      return weights;
    }

    async function judge(weights: readonly tf.Tensor[]) {
      const scores = forward(weights, test.images);
      const [loss] = await tf.losses.sigmoidCrossEntropy(test.labels, scores).data();
      return { loss: loss!, accuracy: await shareTold(weights, test.images, test) };
    }

    const without = await judge(await train(0, 0));
    const withNoise = await judge(await train(STD, 0.5));
    engine.destroy();
    return {
      numbers: {
        'loss on unseen digits, learned without noise': without.loss,
        'loss on unseen digits, learned with noise': withNoise.loss,
        'accuracy on unseen digits, learned without noise': without.accuracy,
        'accuracy on unseen digits, learned with noise': withNoise.accuracy,
      },
      figure: {
        kind: 'bars',
        y: 'loss on unseen digits',
        bars: [
          { name: 'learned without noise', value: without.loss },
          { name: 'with noise on the weights', value: withNoise.loss },
        ],
      },
    };
  });
}
