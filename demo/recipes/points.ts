import * as tf from '@tensorflow/tfjs-core';
import { type NoiseEngine, noise } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import type { Point } from './recipe.js';

/** Points in the plane, and for each the kind that it is of, 0 or 1. */
export interface Labelled {
  readonly points: tf.Tensor2D;
  readonly kinds: tf.Tensor2D;
}

/** Points along two half circles that reach into each other, off them by noise: one kind on each. */
export function createMoons(engine: NoiseEngine, count: number): Labelled {
  const points = tf.tensor2d(
    Array.from({ length: count }, (_, index) => {
      const angle = (2 * Math.PI * Math.floor(index / 2)) / count;
      const side = index % 2 ? -1 : 1;
      return [side * (Math.cos(angle) - 0.5), side * (Math.sin(angle) - 0.25)];
    }),
  );
  engine.chain([noise({ std: 0.1 })]).run(targets(points));
  return { points, kinds: tf.tensor2d(Array.from({ length: count }, (_, index) => [index % 2])) };
}

/** Points all around the unit circle. */
export function createRing(count: number): tf.Tensor2D {
  return tf.tensor2d(
    Array.from({ length: count }, (_, index) => {
      const angle = (2 * Math.PI * index) / count;
      return [Math.cos(angle), Math.sin(angle)];
    }),
  );
}

/** The share of points whose score is above 0 where they are of kind 1, and only there. */
export async function shareRight(scores: tf.Tensor2D, kinds: tf.Tensor2D): Promise<number> {
  const right = tf.tidy(() => {
    const told = tf.cast(tf.greater(scores, 0), 'float32');
    return tf.mean(tf.cast(tf.equal(told, kinds), 'float32'));
  });
  const [share] = await right.data();
  right.dispose();
  return share!;
}

/** The rows of a tensor as points to draw. */
export async function pointsOf(rows: tf.Tensor2D): Promise<Point[]> {
  return Array.from(await rows.array(), ([x, y]): Point => [x!, y!]);
}
