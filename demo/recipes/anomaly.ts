import * as tf from '@tensorflow/tfjs-core';
import { createNoiseEngine, noise } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import { loadDigits, PIXELS } from './digits.js';
import type { Outcome, Point, Setup } from './recipe.js';
import { steps } from './steps.js';
import { createNetwork, descend, resultOf, withTfjs } from './tfjs.js';

/**
 * Detection of anomalies: an autoencoder learns to repeat digits, and what it repeats badly is called an
 * anomaly. It is tested on clean digits and the same with noise, in one tensor of which the second half is
 * noised in place. The AUC is the probability that a noisy digit is repeated worse than a clean one.
 */
const STEPS = 80;
const BATCH = 50;
const TESTED = [0, 0.05, 0.1, 0.2, 0.3];

export function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });
  return withTfjs(device, async () => {
    const { training, test } = await loadDigits();
    const images = tf.tensor2d(training.images, [training.count, PIXELS]);
    const network = createNetwork([PIXELS, 16, PIXELS], seed);
    const optimizer = tf.train.momentum(1.5, 0.9);
    for await (const step of steps(setup, STEPS)) {
      const first = (step * BATCH) % training.count;
      tf.tidy(() => {
        const x = tf.slice(images, [first, 0], [BATCH, PIXELS]);
        descend(optimizer, network, x, x);
      });
    }

    const clean = tf.tensor2d(test.images, [test.count, PIXELS]);
    const count = test.count * PIXELS;
    const curve: Point[] = [];
    for (const std of TESTED) {
      const both = tf.concat([clean, clean]);
      const { buffer } = targets(both);
      engine.chain([noise({ std })]).run({ buffer, offset: count, count });
      const seen = (await both.data()) as Float32Array;
      const errors = errorsOf(seen, await resultOf(network, both));
      curve.push([std, auc(errors.slice(0, test.count), errors.slice(test.count))]);
    }
    engine.destroy();
    const at = (std: number) => curve.find(([x]) => x === std)![1];
    return {
      numbers: {
        'AUC without noise': at(0),
        'AUC at std 0.1': at(0.1),
        'AUC at std 0.2': at(0.2),
      },
      figure: {
        kind: 'curves',
        x: 'standard deviation of the anomalies’ noise',
        y: 'AUC',
        series: [{ name: 'AUC', points: curve }],
      },
    };
  });
}

/** The squared error of each image. */
function errorsOf(images: Float32Array, repeated: Float32Array): number[] {
  const errors = new Array<number>(images.length / PIXELS).fill(0);
  for (const [i, value] of images.entries()) {
    errors[Math.floor(i / PIXELS)]! += (value - repeated[i]!) ** 2;
  }
  return errors;
}

/** The share of pairs in which the anomaly has the higher score; equal scores count half. */
function auc(normal: readonly number[], anomalies: readonly number[]): number {
  let wins = 0;
  for (const a of anomalies) for (const n of normal) wins += a > n ? 1 : a === n ? 0.5 : 0;
  return wins / (normal.length * anomalies.length);
}
