import * as tf from '@tensorflow/tfjs-core';
import { clip, createNoiseEngine, type NoiseEngine, noise } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import { CLASSES, loadDigits, PIXELS, SIDE } from './digits.js';
import { mosaic } from './mosaic.js';
import type { Outcome, Setup } from './recipe.js';
import { steps } from './steps.js';
import { withTfjs } from './tfjs.js';

/**
 * Preprocessing in the manner of Keras's `ImageDataGenerator`: an augmenter is made once of plain options,
 * and `flow` yields batch after batch, some of whose images have noise. The noise comes on the GPU.
 */
const BATCH = 40;
const BATCHES = 25;
const OPTIONS = { noise: { std: 0.5 }, clip: [0, 1], p: 0.5 } as const;

export interface Augmentation {
  readonly noise: { readonly mean?: number; readonly std: number };
  /** The least and the greatest value of a pixel. */
  readonly clip: readonly [min: number, max: number];
  /** The probability with which an image is changed. */
  readonly p: number;
}

/** A function that changes the images of a batch in place. */
export function augmenter(engine: NoiseEngine, options: Augmentation): (x: tf.Tensor) => void {
  const [min, max] = options.clip;
  const apply = { p: options.p, axis: 0 };
  const chain = engine.chain([noise({ ...options.noise, apply }), clip({ min, max })]);
  return (x) => {
    chain.run(targets(x));
  };
}

/** Yields batches of images and labels for ever, augmented. The caller disposes them. */
export function* flow(
  images: tf.Tensor,
  labels: tf.Tensor,
  { batch, augment }: { readonly batch: number; readonly augment: (x: tf.Tensor) => void },
): Generator<{ readonly x: tf.Tensor; readonly y: tf.Tensor }, never> {
  for (let first = 0; ; first = (first + batch) % images.shape[0]!) {
    const x = tf.slice(images, first, batch);
    augment(x);
    yield { x, y: tf.slice(labels, first, batch) };
  }
}

export function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  return withTfjs(device, async () => {
    const { training } = await loadDigits();
    const count = BATCH * BATCHES;
    const clean = training.images.subarray(0, count * PIXELS);
    const images = tf.tensor(clean, [count, SIDE, SIDE]);
    const labels = tf.oneHot(tf.tensor1d(training.labels.subarray(0, count), 'int32'), CLASSES);

    const engine = createNoiseEngine(device, { seed });
    const batches = flow(images, labels, { batch: BATCH, augment: augmenter(engine, OPTIONS) });
    const seen: tf.Tensor[] = [];
    for await (const _ of steps(setup, BATCHES)) {
      const { x, y } = batches.next().value;
      seen.push(x); // a model would learn here
      y.dispose();
    }

    const values = (await tf.concat(seen).data()) as Float32Array;
    engine.destroy();
    const changed = Array.from({ length: count }, (_, image) =>
      values
        .subarray(image * PIXELS, (image + 1) * PIXELS)
        .some((value, pixel) => value !== clean[image * PIXELS + pixel]),
    ).filter(Boolean).length;
    return {
      numbers: {
        images: count,
        'images changed': changed,
        'off what p says, in standard errors':
          (changed - count * OPTIONS.p) / Math.sqrt(count * OPTIONS.p * (1 - OPTIONS.p)),
        'least pixel': values.reduce((a, b) => Math.min(a, b)),
        'greatest pixel': values.reduce((a, b) => Math.max(a, b)),
      },
      figure: {
        kind: 'pictures',
        pictures: [mosaic('a batch as it is', clean, BATCH), mosaic('augmented', values, BATCH)],
      },
    };
  });
}
