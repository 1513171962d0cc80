import * as tf from '@tensorflow/tfjs-core';
import { clip, createNoiseEngine, noise } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import { loadDigits, PIXELS } from './digits.js';
import { mosaic } from './mosaic.js';
import type { Outcome, Setup } from './recipe.js';
import { steps } from './steps.js';
import { createNetwork, descend, resultOf, withTfjs } from './tfjs.js';

/**
 * A denoising autoencoder: it is shown digits with fresh noise at each step, and learns to give them back
 * without. Vincent et al., "Extracting and composing robust features with denoising autoencoders", ICML
 * 2008, DOI 10.1145/1390156.1390294.
 */
const STEPS = 100;
const BATCH = 50;
const STD = 0.5;
const SHOWN = 24;

export function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });
  const corrupt = engine.chain([noise({ std: STD }), clip({ min: 0, max: 1 })]);

  return withTfjs(device, async () => {
    const { training, test } = await loadDigits();
    const images = tf.tensor2d(training.images, [training.count, PIXELS]);
    const network = createNetwork([PIXELS, 32, PIXELS], seed);
    const optimizer = tf.train.momentum(1, 0.9);
    for await (const step of steps(setup, STEPS)) {
      const first = (step * BATCH) % training.count;
      tf.tidy(() => {
        const clean = tf.slice(images, [first, 0], [BATCH, PIXELS]);
        const noisy = tf.add(clean, 0);
        corrupt.run(targets(noisy));
        descend(optimizer, network, noisy, clean);
      });
    }

    const x = tf.tensor2d(test.images, [test.count, PIXELS]);
    corrupt.run(targets(x));
    const noisy = (await x.data()) as Float32Array;
    const denoised = await resultOf(network, x);
    engine.destroy();
    return {
      numbers: {
        'PSNR of noisy digits, dB': psnr(noisy, test.images),
        'PSNR of denoised digits, dB': psnr(denoised, test.images),
      },
      figure: {
        kind: 'pictures',
        pictures: [
          mosaic('test digits', test.images, SHOWN),
          mosaic('with noise', noisy, SHOWN),
          mosaic('denoised', denoised, SHOWN),
        ],
      },
    };
  });
}

/** The peak signal-to-noise ratio of images from 0 to 1. */
function psnr(images: Float32Array, clean: Float32Array): number {
  const error = images.reduce((sum, value, i) => sum + (value - clean[i]!) ** 2, 0);
  return -10 * Math.log10(error / images.length);
}
