import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients of tfjs-core's ops
import { type NoiseEngine, normal } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';

/** Where networks draw their first weights; the engine's own noise is on stream 0. */
const STREAM = 1;

/**
 * The weights of a network of dense layers: a matrix for each, the last row of which has the biases, 0 to
 * begin with. The rest is drawn on the GPU, normal with variance 2 / inputs (He et al. 2015,
 * DOI 10.1109/ICCV.2015.123): the same for the same seed, so that networks can be compared.
 *
 * @param sizes of the input, of each hidden layer, and of the output
 */
export function createWeights(engine: NoiseEngine, sizes: readonly number[]): tf.Variable[] {
  let position = 0;
  return sizes.slice(1).map((outputs, layer) => {
    const inputs = sizes[layer]!;
    const matrix = tf.variable(tf.zeros([inputs + 1, outputs]));
    const { buffer } = targets(matrix);
    const draw = engine.chain([normal({ std: Math.sqrt(2 / inputs) })]);
    draw.run({ buffer, count: inputs * outputs }, { at: { stream: STREAM, position } });
    position += inputs * outputs;
    return matrix;
  });
}

/**
 * Rows with a 1 at their end, to be multiplied by a layer's biases: the slope of these is then a part of
 * the matrix's, and no sum of its own, which takes software adapters long.
 */
export const withOne = (rows: tf.Tensor) =>
  tf.pad2d(
    rows as tf.Tensor2D,
    [
      [0, 0],
      [0, 1],
    ],
    1,
  );

/** What the network gives for rows of inputs. Its hidden layers have the activation max(x, 0). */
export function forward(weights: readonly tf.Tensor[], inputs: tf.Tensor): tf.Tensor2D {
  return weights.reduce<tf.Tensor>((x, matrix, layer) => {
    const activation = layer + 1 < weights.length ? 'relu' : 'linear';
    return tf.fused.matMul({ a: withOne(x), b: matrix as tf.Tensor2D, activation });
  }, inputs) as tf.Tensor2D;
}

/** Moves variables by what `tf.variableGrads` has found. */
export function applyGradients(optimizer: tf.Optimizer, grads: tf.NamedTensorMap): void {
  optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
}
