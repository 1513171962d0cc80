import * as tf from '@tensorflow/tfjs-core';
import { clipNorm, createNoiseEngine, noise } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import { createWeights, forward, withOne } from './network.js';
import { createMoons, shareRight } from './points.js';
import type { Outcome, Setup } from './recipe.js';
import { steps } from './steps.js';
import { withTfjs } from './tfjs.js';

/**
 * Differential privacy (DP-SGD: Abadi et al., "Deep learning with differential privacy", 2016,
 * DOI 10.1145/2976749.2978318): each sample's gradient is clipped to a norm, so that none can move the
 * sum by more, and noise of so many times this norm hides which were there.
 *
 * What it guarantees: all samples are used at each step, so each is a Gaussian mechanism of 1 / (2·σ²)
 * zero-concentrated privacy, and these add up (Bun and Steinke 2016, https://arxiv.org/abs/1605.02292);
 * ε below follows from their sum, for one sample more or less. It is what noise of real numbers from a
 * secret, unguessable seed would give. Philox is not cryptographic, f32 has gaps that can tell values
 * apart (Mironov 2012, DOI 10.1145/2382196.2382264), and this seed is public: it shows how, and protects
 * nobody.
 */
const POINTS = 512;
const UNITS = 16;
const STEPS = 40;
const RATE = 5;
/** The norm that each gradient is clipped to, and the noise in units of it. */
const NORM = 1;
const SIGMA = 10;
const DELTA = 1e-5;

export async function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });
  // One norm for each index along axis 0, the samples, over all tensors of the list.
  const clip = engine.chain([clipNorm({ max: NORM, axis: 0 })]);
  const hide = engine.chain([noise({ std: SIGMA * NORM })]);

  return withTfjs(device, async () => {
    const { points, kinds } = createMoons(engine, POINTS);

    /** The gradient of each point's own loss, for each matrix of weights, by the chain rule. */
    function gradientsOf([first, second]: readonly tf.Tensor[]): tf.Tensor[] {
      const hidden = tf.relu(tf.matMul(withOne(points), first as tf.Tensor2D));
      const scores = tf.matMul(withOne(hidden), second as tf.Tensor2D);
      const byScore = tf.sub(tf.sigmoid(scores), kinds);
      const outward = tf.transpose(tf.slice(second as tf.Tensor2D, [0, 0], [UNITS, 1]));
      const byHidden = tf.mul(tf.mul(byScore, outward), tf.step(hidden));
      return [
        tf.mul(tf.expandDims(withOne(points), 2), tf.expandDims(byHidden, 1)),
        tf.mul(withOne(hidden), byScore),
      ];
    }

    /** The largest norm of any point's gradient. */
    async function largestNorm(gradients: readonly tf.Tensor[]): Promise<number> {
      const squares = gradients.map((each) => tf.sum(tf.reshape(tf.square(each), [POINTS, -1]), 1));
      return (await tf.sqrt(tf.max(tf.addN(squares))).data())[0]!;
    }

    async function train(hidden: boolean, from: number) {
      const weights = createWeights(engine, [2, UNITS, 1]);
      for await (const _ of steps(setup, STEPS, { from, to: from + 0.5 })) {
        tf.tidy(() => {
          const gradients = gradientsOf(weights);
          if (hidden) clip.run(targets(gradients));
          const sums = gradients.map((each, i) => tf.reshape(tf.sum(each, 0), weights[i]!.shape));
          if (hidden) hide.run(targets(sums));
          for (const [i, sum] of sums.entries()) {
            weights[i]!.assign(tf.sub(weights[i]!, tf.mul(RATE / POINTS, sum)));
          }
        });
      }
      return weights;
    }

    const open = await train(false, 0);
    const hidden = await train(true, 0.5);
    const gradients = gradientsOf(hidden);
    const before = await largestNorm(gradients);
    clip.run(targets(gradients));
    const rho = STEPS / (2 * SIGMA ** 2);
    const [without, withNoise] = [
      await shareRight(forward(open, points), kinds),
      await shareRight(forward(hidden, points), kinds),
    ];
    const numbers = {
      'accuracy without privacy': without,
      'accuracy with clipped gradients and noise': withNoise,
      'ε, at δ = 10⁻⁵': rho + 2 * Math.sqrt(rho * Math.log(1 / DELTA)),
      'largest norm of a point’s gradient': before,
      'largest norm once clipped': await largestNorm(gradients),
    };
    engine.destroy();
    return {
      numbers,
      figure: {
        kind: 'bars',
        y: 'accuracy',
        bars: [
          { name: 'without privacy', value: without },
          { name: 'clipped gradients and noise', value: withNoise },
        ],
      },
    };
  });
}
