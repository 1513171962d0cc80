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
 * A network that has learned clean digits is made ready for noisy ones: its first layer alone goes on
 * learning, from digits with noise, while all after it stays as it is. Noise on inputs is a penalty on how
 * much the output follows them (Bishop 1995, DOI 10.1162/neco.1995.7.1.108).
 */
const LEARNED = 1000;
const TESTED = 504;
const BATCH = 100;
const STEPS = 100;
const TUNING = 60;
const STD = 0.2;

export async function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });
  const worsen = engine.chain([noise({ std: STD }), clip({ min: 0, max: 1 })]);

  return withTfjs(device, async () => {
    const { training, test } = await loadSmallDigits(LEARNED, TESTED);
    const noisyTest = tf.add(test.images, 0);
    worsen.run(targets(noisyTest), { at: { stream: 2, position: 0 } });
    const weights = createWeights(engine, [SMALL, 32, CLASSES]);

    /** One step, which changes some of the weights. */
    function learn(step: number, by: tf.Optimizer, changed: tf.Variable[], noisy: boolean): void {
      const first = (step * BATCH) % LEARNED;
      tf.tidy(() => {
        const images = tf.slice(training.images, [first, 0], [BATCH, SMALL]);
        const labels = tf.slice(training.labels, [first, 0], [BATCH, CLASSES]);
        if (noisy) worsen.run(targets(images));
        by.minimize(
          () => tf.losses.sigmoidCrossEntropy(labels, forward(weights, images)) as tf.Scalar,
          false,
          changed,
        );
      });
    }
    const judge = async () => ({
      clean: await shareTold(weights, test.images, test),
      noisy: await shareTold(weights, noisyTest, test),
    });

    const trainer = tf.train.adam(0.02);
    for await (const step of steps(setup, STEPS, { to: 0.6 })) learn(step, trainer, weights, false);
    const before = await judge();

    const tuner = tf.train.adam(0.01);
    const layer = weights.slice(0, 1);
    for await (const step of steps(setup, TUNING, { from: 0.6 })) learn(step, tuner, layer, true);
    const after = await judge();

    engine.destroy();
    return {
      numbers: {
        'accuracy on noisy digits, before': before.noisy,
        'accuracy on noisy digits, tuned': after.noisy,
        'accuracy on clean digits, before': before.clean,
        'accuracy on clean digits, tuned': after.clean,
      },
      figure: {
        kind: 'bars',
        y: 'accuracy',
        bars: [
          { name: 'noisy, before', value: before.noisy },
          { name: 'noisy, tuned', value: after.noisy },
          { name: 'clean, before', value: before.clean },
          { name: 'clean, tuned', value: after.clean },
        ],
      },
    };
  });
}
