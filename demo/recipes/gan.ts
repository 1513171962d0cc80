import * as tf from '@tensorflow/tfjs-core';
import { createNoiseEngine, noise, normal } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import { createWeights, forward } from './network.js';
import { createRing, pointsOf } from './points.js';
import type { Outcome, Point, Setup } from './recipe.js';
import { steps } from './steps.js';
import { withTfjs } from './tfjs.js';

/**
 * A generative adversarial network on a ring: latents of noise, and instance noise on what the critic
 * sees, real points and made ones alike, which keeps the two from being told apart with ease (Sønderby et
 * al., "Amortised MAP inference for image super-resolution", 2017, https://arxiv.org/abs/1610.04490). It
 * fades away while the networks learn.
 */
const BATCH = 72;
const UNITS = 16;
const STEPS = 200;
const STD = 0.3;
const RATES = { generator: 0.01, critic: 0.02 };
const SHOWN = 256;

/** The squared length of each row. */
function squares(rows: tf.Tensor): tf.Tensor {
  const [x, y] = tf.split(rows, 2, 1) as [tf.Tensor, tf.Tensor];
  return tf.add(tf.square(x), tf.square(y));
}

/** Latents have length 1, as those of Karras et al. 2018, https://arxiv.org/abs/1710.10196. */
const onSphere = (z: tf.Tensor) => tf.div(z, tf.sqrt(squares(z)));

/** The critic sees a point's place and its squared distance from the middle. */
const judge = (critic: readonly tf.Tensor[], points: tf.Tensor) =>
  forward(critic, tf.concat([points, squares(points)], 1));

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

export async function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });
  const latent = engine.chain([normal()]);

  return withTfjs(device, async () => {
    const generator = createWeights(engine, [2, UNITS, 2]);
    const critic = createWeights(engine, [3, UNITS, 1]);
    const real = createRing(BATCH);
    const [yes, no] = [tf.ones([BATCH, 1]), tf.zeros([BATCH, 1])];
    const both = tf.concat([yes, no]);
    const forGenerator = tf.train.adam(RATES.generator, 0.5);
    const forCritic = tf.train.adam(RATES.critic, 0.5);

    function draw(count: number): tf.Tensor {
      const z = tf.zeros([count, 2]);
      latent.run(targets(z));
      return onSphere(z);
    }
    const make = async () => pointsOf(tf.tidy(() => forward(generator, draw(SHOWN))));

    const before = await make();
    for await (const step of steps(setup, STEPS)) {
      const blur = engine.chain([noise({ std: STD * (1 - step / STEPS) })]);
      tf.tidy(() => {
        const seen = tf.concat([real, forward(generator, draw(BATCH))]);
        blur.run(targets(seen));
        const doubt = () => tf.losses.sigmoidCrossEntropy(both, judge(critic, seen)) as tf.Scalar;
        forCritic.minimize(doubt, false, critic);

        const z = draw(BATCH);
        const off = tf.zeros([BATCH, 2]);
        blur.run(targets(off));
        const deceive = () => {
          const made = tf.add(forward(generator, z), off);
          return tf.losses.sigmoidCrossEntropy(yes, judge(critic, made)) as tf.Scalar;
        };
        forGenerator.minimize(deceive, false, generator);
      });
    }
    const after = await make();
    const ring = await pointsOf(real);
    engine.destroy();

    const fromRing = (points: readonly Point[]) =>
      mean(points.map(([x, y]) => Math.abs(Math.hypot(x, y) - 1)));
    const fromMade = (points: readonly Point[]) =>
      mean(ring.map(([x, y]) => Math.min(...points.map(([u, v]) => Math.hypot(x - u, y - v)))));
    return {
      numbers: {
        'mean distance of made points from the ring, before': fromRing(before),
        'mean distance of made points from the ring': fromRing(after),
        'mean distance of the ring from made points, before': fromMade(before),
        'mean distance of the ring from made points': fromMade(after),
      },
      figure: {
        kind: 'dots',
        x: 'x',
        y: 'y',
        series: [
          { name: 'real', points: ring },
          { name: 'made before learning', points: before },
          { name: 'made', points: after },
        ],
      },
    };
  });
}
