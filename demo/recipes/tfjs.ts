import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { setDevice } from 'webgpu-noise/tfjs';
import { isSoftware } from '../gpu/device.js';

/** Of tfjs's ways to multiply matrices: that by tiles of 16 × 8, and its own choice. */
const [TILES, DEFAULT] = [2, -1];

/**
 * Runs a recipe's learning by tfjs on the device. All tensors and variables that it makes are freed
 * afterwards, also when it is stopped.
 */
export async function withTfjs<T>(device: GPUDevice, learn: () => Promise<T>): Promise<T> {
  await setDevice(device);
  // tfjs gives each element of a small product a workgroup of its own, which takes a processor up to 70 times
  // as long as tiles do.
  tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', isSoftware(device) ? TILES : DEFAULT);
  tf.engine().startScope();
  try {
    return await learn();
  } finally {
    // Optimizers keep their rate, and do not free it.
    for (const tensor of tf.engine().state.activeScope.track) tensor.kept = false;
    tf.engine().endScope();
    tf.disposeVariables();
  }
}

/**
 * A network of dense layers with max(x, 0) between them. It has no biases: their slopes are sums over a
 * batch, which take software adapters longer than all else.
 *
 * @param sizes of its inputs, of the layers between, of its outputs
 */
export function createNetwork(sizes: readonly number[], seed: number): Sequential {
  const [inputs, ...units] = sizes;
  return sequential({
    layers: units.map((count, index) =>
      layers.dense({
        units: count,
        useBias: false,
        kernelInitializer: initializers.varianceScaling({ scale: 0.3, seed: 100 * seed + index }),
        ...(index === 0 && { inputShape: [inputs!] }),
        ...(index < units.length - 1 && { activation: 'relu' }),
      }),
    ),
  });
}

/** What a network makes of a batch. */
export const outputOf = (network: Sequential, x: tf.Tensor) => network.apply(x) as tf.Tensor2D;

/** What a network makes of a batch, on the CPU, row after row: for when learning is over. */
export async function resultOf(network: Sequential, x: tf.Tensor): Promise<Float32Array> {
  const output = tf.tidy(() => outputOf(network, x));
  const values = (await output.data()) as Float32Array;
  output.dispose();
  return values;
}

/** One step towards a smaller squared error. */
export function descend(optimizer: tf.Optimizer, network: Sequential, x: tf.Tensor, y: tf.Tensor) {
  optimizer.minimize(() => tf.mean(tf.squaredDifference(outputOf(network, x), y)) as tf.Scalar);
}

/** The share of rows in which the highest score is that of the label. */
export function accuracyOf(scores: Float32Array, labels: ArrayLike<number>): number {
  const width = scores.length / labels.length;
  const right = Array.from(labels).filter((label, row) => {
    const own = scores.subarray(row * width, (row + 1) * width);
    return own.every((score) => score <= own[label]!);
  });
  return right.length / labels.length;
}
