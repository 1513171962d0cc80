import * as tf from '@tensorflow/tfjs-core';
import { clip, createNoiseEngine, noise } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import { CLASSES, loadDigits, PIXELS } from './digits.js';
import type { Outcome, Point, Setup } from './recipe.js';
import { steps } from './steps.js';
import { accuracyOf, createNetwork, descend, resultOf, withTfjs } from './tfjs.js';

/**
 * A classifier of digits that learns with noise on its inputs and one that learns without, both tested on
 * noisy digits. Noise on inputs acts as a regulariser: Bishop, "Training with noise is equivalent to
 * Tikhonov regularization", Neural Computation 7, 1995, DOI 10.1162/neco.1995.7.1.108.
 */
const STEPS = 100;
const BATCH = 100;
const STD = 0.5;
const TESTED = [0, 0.25, STD, 0.75, 1];

export function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });
  const worsen = (std: number) => engine.chain([noise({ std }), clip({ min: 0, max: 1 })]);
  const augment = worsen(STD);

  return withTfjs(device, async () => {
    const { training, test } = await loadDigits();
    const images = tf.tensor2d(training.images, [training.count, PIXELS]);
    const labels = tf.oneHot(tf.tensor1d(training.labels, 'int32'), CLASSES);
    const tested = tf.tensor2d(test.images, [test.count, PIXELS]);

    async function learn(noisy: boolean) {
      const network = createNetwork([PIXELS, 32, CLASSES], seed);
      const optimizer = tf.train.momentum(0.6, 0.9);
      for await (const step of steps(setup, STEPS, noisy ? { from: 0.5 } : { to: 0.5 })) {
        const first = (step * BATCH) % training.count;
        tf.tidy(() => {
          const x = tf.slice(images, [first, 0], [BATCH, PIXELS]);
          const y = tf.slice(labels, [first, 0], [BATCH, CLASSES]);
          if (noisy) augment.run(targets(x));
          descend(optimizer, network, x, y);
        });
      }
      return network;
    }

    const networks = [await learn(false), await learn(true)];
    const curves: Point[][] = [[], []];
    for (const std of TESTED) {
      const x = tf.add(tested, 0);
      worsen(std).run(targets(x), { at: { stream: 1, position: 0 } });
      for (const [index, network] of networks.entries()) {
        curves[index]!.push([std, accuracyOf(await resultOf(network, x), test.labels)]);
      }
    }
    engine.destroy();
    const [without, withNoise] = curves;
    return {
      numbers: {
        [`right at std ${STD}, learnt without noise`]: without![2]![1],
        [`right at std ${STD}, learnt with noise`]: withNoise![2]![1],
        'right without noise, learnt without': without![0]![1],
        'right without noise, learnt with': withNoise![0]![1],
      },
      figure: {
        kind: 'curves',
        x: 'standard deviation of the test digits’ noise',
        y: 'share told right',
        series: [
          { name: 'learnt without noise', points: without! },
          { name: 'learnt with noise', points: withNoise! },
        ],
      },
    };
  });
}
