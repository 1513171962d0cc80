// Built by Vite and put into a page: tfjs on a device of its own, with noise of ours.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgpu';
import '@tensorflow/tfjs-layers';
import { createNoiseEngine, noise } from 'webgpu-noise';
import { gaussianNoise, getDevice, randomNormal, targets } from 'webgpu-noise/tfjs';

/** Numbers with noise on top, normals, and numbers after a layer of noise; then the same by the layer's slope. */
export async function drawInTfjs(numbers: number[]): Promise<number[][]> {
  await tf.setBackend('webgpu');
  const engine = createNoiseEngine(getDevice(), { seed: 5 });
  const doubled = tf.mul(tf.tensor1d(numbers), 2);
  await doubled.data();
  engine.chain([noise({ std: 2 })]).run(targets(doubled));
  const normals = randomNormal(engine, [numbers.length]);
  const layer = gaussianNoise({ engine, stddev: 0.5 });
  const train = (x: tf.Tensor) => layer.apply(x, { training: true }) as tf.Tensor;
  const [output, slope] = [
    train(tf.tensor1d(numbers)),
    tf.grad((x) => tf.sum(train(x)))(tf.tensor1d(numbers)),
  ];
  const found = [doubled, normals, output, slope];
  return Promise.all(found.map(async (tensor) => [...(await tensor.data())]));
}

Object.assign(globalThis, { drawInTfjs });
