import * as tf from '@tensorflow/tfjs-core';
import { createNoiseEngine, diffuse, normal, perAxis } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import { createRing, pointsOf } from './points.js';
import type { Outcome, Point, Setup } from './recipe.js';
import { steps } from './steps.js';
import { withTfjs } from './tfjs.js';

/**
 * The forward process of a diffusion model (Ho, Jain, Abbeel, "Denoising diffusion probabilistic models",
 * 2020, https://arxiv.org/abs/2006.11239): data becomes noise little by little, x ← √(1 − β)·x + √β·z. Its
 * closed form takes data to any time at once: √ᾱ·x + √(1 − ᾱ)·z. Training draws a time for each sample of
 * the batch, which here are numbers along an axis: one kernel for all of them.
 */
const TIMES = 40;
const EACH = 512;
const BETAS = Array.from({ length: TIMES }, (_, t) => 0.002 + (0.2 * t) / TIMES);

export async function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });
  /** What is left of the data's variance at each time. */
  const kept: number[] = [];
  for (const beta of BETAS) kept.push((kept.at(-1) ?? 1) * (1 - beta));
  const signal = kept.map(Math.sqrt);
  const blur = kept.map((each) => Math.sqrt(1 - each));

  return withTfjs(device, async () => {
    const data = createRing(EACH);
    // Row t has the data at time t, in the order in which a batch would have its samples.
    const jumped = tf.tile(tf.expandDims(data, 0), [TIMES, 1, 1]);
    const jump = engine.chain([diffuse({ a: perAxis(0, signal), b: perAxis(0, blur) })]);
    const at = jump.run(targets(jumped));

    // The same noise drawn again, and the closed form by tfjs.
    const z = tf.zeros([TIMES, EACH, 2]);
    engine.chain([normal()]).run(targets(z), { at });
    const column = (values: readonly number[]) => tf.tensor3d([...values], [TIMES, 1, 1]);
    const formula = tf.add(tf.mul(column(signal), data), tf.mul(column(blur), z));
    const apart = tf.max(tf.abs(tf.sub(jumped, formula)));

    // Step by step, with other noise.
    const walked = tf.tile(data, [1, 1]);
    const walk: tf.Tensor2D[] = [];
    for await (const time of steps(setup, TIMES)) {
      const beta = BETAS[time]!;
      const step = engine.chain([diffuse({ a: Math.sqrt(1 - beta), b: Math.sqrt(beta) })]);
      step.run(targets(walked));
      walk.push(tf.add(walked, 0) as tf.Tensor2D);
    }
    /** Mean squares: of data of mean square 1/2 the closed form makes ᾱ/2 + 1 − ᾱ. */
    const squares = async (of: tf.Tensor) => await tf.mean(tf.square(of), [1, 2]).data();
    const [byJump, byWalk] = [await squares(jumped), await squares(tf.stack(walk))];
    const expected = kept.map((each) => each / 2 + 1 - each);
    // The variance of a square x² with x = s + b·z is 4·s²·b² + 2·b⁴.
    const errors = kept.map((each) =>
      Math.sqrt((4 * (each / 2) * (1 - each) + 2 * (1 - each) ** 2) / (2 * EACH)),
    );
    const worst = (found: ArrayLike<number>) =>
      Math.max(...expected.map((value, t) => Math.abs(found[t]! - value) / errors[t]!));
    const show = [0, TIMES / 4, TIMES / 2, TIMES - 1];
    const series: { name: string; points: Point[] }[] = [];
    for (const t of show) series.push({ name: `time ${t + 1}`, points: await pointsOf(walk[t]!) });
    const numbers = {
      'largest difference from the closed form, same noise': (await apart.data())[0]!,
      'mean square at once, in standard errors': worst(byJump),
      'mean square step by step, in standard errors': worst(byWalk),
    };
    engine.destroy();
    return { numbers, figure: { kind: 'dots', x: 'x', y: 'y', series } };
  });
}
