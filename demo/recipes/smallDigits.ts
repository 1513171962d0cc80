import * as tf from '@tensorflow/tfjs-core';
import { CLASSES, type Digits, loadDigits, PIXELS, SIDE } from './digits.js';

/** Pixels of a digit at half its size again, 7 × 7: enough to tell nine of ten, and quickly learned. */
export const SMALL = PIXELS / 4;

/** Digits as tensors: a row of pixels for each, its kind, and a row of 10 with a 1 at its kind. */
export interface SmallDigits {
  readonly images: tf.Tensor2D;
  readonly kinds: tf.Tensor1D;
  readonly labels: tf.Tensor2D;
}

/** The first digits to learn from, and the first to test by. */
export async function loadSmallDigits(learned: number, tested: number) {
  const { training, test } = await loadDigits();
  return { training: shrink(training, learned), test: shrink(test, tested) };
}

function shrink({ images, labels }: Digits, count: number): SmallDigits {
  const kinds = tf.tensor1d(labels.subarray(0, count), 'int32');
  return tf.tidy(() => {
    const large = tf.tensor4d(images.subarray(0, count * PIXELS), [count, SIDE, SIDE, 1]);
    return {
      images: tf.reshape(tf.avgPool(large, 2, 2, 'valid'), [count, SMALL]) as tf.Tensor2D,
      kinds,
      labels: tf.oneHot(kinds, CLASSES, 1, 0, 'float32') as tf.Tensor2D,
    };
  });
}
