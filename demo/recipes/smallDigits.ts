import * as tf from '@tensorflow/tfjs-core';
import { CLASSES, type Digits, loadDigits, PIXELS, SIDE } from './digits.js';
import { forward } from './network.js';
import { accuracyOf } from './tfjs.js';

/** Pixels of a digit at half its size again, 7 × 7: enough to tell nine of ten, and quickly learned. */
export const SMALL = PIXELS / 4;

/** Digits: a row of pixels for each, what it shows, and a row of 10 with a 1 at what it shows. */
export interface SmallDigits {
  readonly images: tf.Tensor2D;
  readonly shown: Int32Array;
  readonly labels: tf.Tensor2D;
}

/** The first digits to learn from, and the first to test by. */
export async function loadSmallDigits(learned: number, tested: number) {
  const { training, test } = await loadDigits();
  return { training: shrink(training, learned), test: shrink(test, tested) };
}

function shrink({ images, labels }: Digits, count: number): SmallDigits {
  const shown = labels.subarray(0, count);
  return tf.tidy(() => {
    const large = tf.tensor4d(images.subarray(0, count * PIXELS), [count, SIDE, SIDE, 1]);
    return {
      images: tf.reshape(tf.avgPool(large, 2, 2, 'valid'), [count, SMALL]) as tf.Tensor2D,
      shown,
      labels: tf.oneHot(tf.tensor1d(shown, 'int32'), CLASSES, 1, 0, 'float32') as tf.Tensor2D,
    };
  });
}

/** The share of digits that a network tells right. */
export async function shareTold(
  weights: readonly tf.Tensor[],
  images: tf.Tensor,
  { shown }: SmallDigits,
): Promise<number> {
  const scores = await tf.tidy(() => forward(weights, images)).data();
  return accuracyOf(scores as Float32Array, shown);
}
