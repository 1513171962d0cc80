import * as tf from '@tensorflow/tfjs-core';
import { setDevice } from 'webgpu-noise/tfjs';

/**
 * Runs a recipe's learning by tfjs on the device. All tensors and variables that it makes are freed
 * afterwards, also when it is stopped.
 */
export async function withTfjs<T>(device: GPUDevice, learn: () => Promise<T>): Promise<T> {
  await setDevice(device);
  tf.engine().startScope();
  try {
    return await learn();
  } finally {
    tf.engine().endScope();
    tf.disposeVariables();
  }
}

/** The share of rows whose highest score is that of their label. */
export async function accuracyOf(scores: tf.Tensor2D, labels: tf.Tensor1D): Promise<number> {
  const right = tf.tidy(() => tf.mean(tf.cast(tf.equal(tf.argMax(scores, 1), labels), 'float32')));
  const [share] = await right.data();
  right.dispose();
  return share!;
}
