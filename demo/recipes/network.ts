import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients of tfjs-core's ops
import { type NoiseEngine, normal } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';

/** Where networks draw their first weights; the engine's own noise is on stream 0. */
const STREAM = 1;

/**
 * The weights of a network of dense layers: a matrix and a list of biases for each. The matrices are drawn
 * on the GPU, normal with variance 2 / inputs (He et al. 2015, DOI 10.1109/ICCV.2015.123): the same for
 * the same seed, so that networks can be compared.
 *
 * @param sizes of the input, of each hidden layer, and of the output
 */
export function createWeights(engine: NoiseEngine, sizes: readonly number[]): tf.Variable[] {
  let position = 0;
  return sizes.slice(1).flatMap((outputs, layer) => {
    const inputs = sizes[layer]!;
    const matrix = tf.variable(tf.zeros([inputs, outputs]));
    const draw = engine.chain([normal({ std: Math.sqrt(2 / inputs) })]);
    draw.run(targets(matrix), { at: { stream: STREAM, position } });
    position += matrix.size;
    return [matrix, tf.variable(tf.zeros([outputs]))];
  });
}

/** What the network gives for rows of inputs. Its hidden layers have the activation max(x, 0). */
export function forward(weights: readonly tf.Tensor[], inputs: tf.Tensor): tf.Tensor2D {
  let x = inputs as tf.Tensor2D;
  for (let i = 0; i < weights.length; i += 2) {
    const activation = i + 2 < weights.length ? 'relu' : 'linear';
    const [b, bias] = weights.slice(i, i + 2) as [tf.Tensor2D, tf.Tensor1D];
    x = tf.fused.matMul({ a: x, b, bias, activation }) as tf.Tensor2D;
  }
  return x;
}

/** Moves variables by what `tf.variableGrads` has found. */
export function applyGradients(optimizer: tf.Optimizer, grads: tf.NamedTensorMap): void {
  optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
}
