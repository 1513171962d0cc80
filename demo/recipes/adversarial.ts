import * as tf from '@tensorflow/tfjs-core';
import { clip, createNoiseEngine, noise } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import { CLASSES } from './digits.js';
import { createWeights, forward } from './network.js';
import type { Outcome, Setup } from './recipe.js';
import { loadSmallDigits, SMALL, shareTold } from './smallDigits.js';
import { steps } from './steps.js';
import { withTfjs } from './tfjs.js';

/**
 * Adversarial training: the attack moves each pixel by as much as it may, up or down as the loss rises
 * (FGSM: Goodfellow et al., "Explaining and harnessing adversarial examples", 2015,
 * https://arxiv.org/abs/1412.6572). To learn from attacked digits helps against it. Noise before the attack
 * keeps the network from hiding the slope at the digits themselves (Tramèr et al., "Ensemble adversarial
 * training", 2018, https://arxiv.org/abs/1705.07204).
 */
const LEARNED = 1000;
const TESTED = 504;
const BATCH = 100;
const STEPS = 80;
const STD = 0.05;
/** How far the attack moves a pixel, of levels from 0 to 1. */
const REACH = 0.07;

export async function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });
  const scatter = engine.chain([noise({ std: STD }), clip({ min: 0, max: 1 })]);

  return withTfjs(device, async () => {
    const { training, test } = await loadSmallDigits(LEARNED, TESTED);

    function findLoss(weights: readonly tf.Tensor[], images: tf.Tensor, labels: tf.Tensor) {
      return tf.losses.sigmoidCrossEntropy(labels, forward(weights, images)) as tf.Scalar;
    }

    function attack(weights: readonly tf.Tensor[], images: tf.Tensor, labels: tf.Tensor) {
      const uphill = tf.grad((each) => findLoss(weights, each, labels))(images);
      return tf.clipByValue(tf.add(images, tf.mul(REACH, tf.sign(uphill))), 0, 1);
    }

    async function train(attacked: boolean, from: number) {
      const weights = createWeights(engine, [SMALL, 32, CLASSES]);
      const optimizer = tf.train.adam(0.02);
      for await (const step of steps(setup, STEPS, { from, to: from + 0.5 })) {
        const first = (step * BATCH) % LEARNED;
        tf.tidy(() => {
          let images: tf.Tensor = tf.slice(training.images, [first, 0], [BATCH, SMALL]);
          const labels = tf.slice(training.labels, [first, 0], [BATCH, CLASSES]);
          if (attacked) {
            scatter.run(targets(images));
            images = attack(weights, images, labels);
          }
          optimizer.minimize(() => findLoss(weights, images, labels), false, weights);
        });
      }
      const worst = attack(weights, test.images, test.labels);
      return {
        clean: await shareTold(weights, test.images, test),
        attacked: await shareTold(weights, worst, test),
      };
    }

    const plain = await train(false, 0);
    const hardened = await train(true, 0.5);
    engine.destroy();
    return {
      numbers: {
        'accuracy, trained plainly': plain.clean,
        'accuracy under attack, trained plainly': plain.attacked,
        'accuracy, trained under noise and attack': hardened.clean,
        'accuracy under attack, trained under noise and attack': hardened.attacked,
      },
      figure: {
        kind: 'bars',
        y: 'accuracy',
        bars: [
          { name: 'plain', value: plain.clean },
          { name: 'plain, attacked', value: plain.attacked },
          { name: 'hardened', value: hardened.clean },
          { name: 'hardened, attacked', value: hardened.attacked },
        ],
      },
    };
  });
}
