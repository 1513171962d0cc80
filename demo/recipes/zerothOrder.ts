import * as tf from '@tensorflow/tfjs-core';
import { createNoiseEngine, diffuse, perAxis } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import { createWeights, forward } from './network.js';
import { createMoons, shareRight } from './points.js';
import type { Outcome, Point, Setup } from './recipe.js';
import { steps } from './steps.js';
import { withTfjs } from './tfjs.js';

/**
 * Learning by forward passes alone: how the loss differs along a random direction tells how far to move
 * along it (MeZO: Malladi et al., "Fine-tuning language models with just forward passes", 2023,
 * https://arxiv.org/abs/2305.17333). The direction is never stored but drawn again at its place in the
 * noise, and how far to move stays on the GPU.
 */
const POINTS = 192;
const STEPS = 200;
const EPSILON = 0.01;
const RATE = 0.2;
/** Steps between two losses that are kept for the figure. */
const KEPT = 10;

export async function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });

  return withTfjs(device, async () => {
    const { points, kinds } = createMoons(engine, POINTS);
    const weights = createWeights(engine, [2, 8, 1]);
    const findLoss = () => tf.losses.sigmoidCrossEntropy(kinds, forward(weights, points));

    const losses: tf.Tensor[] = [];
    for await (const step of steps(setup, STEPS)) {
      if (step % KEPT === 0) losses.push(findLoss());
      tf.tidy(() => {
        const at = engine.perturb(targets(weights), { std: EPSILON });
        const above = findLoss();
        engine.perturb(targets(weights), { std: 2 * EPSILON, sign: -1, at });
        const below = findLoss();
        // Back to where it was, and from there down the slope: b times the same direction.
        const slope = tf.div(tf.sub(above, below), 2 * EPSILON);
        const b = perAxis(0, targets(tf.sub(EPSILON, tf.mul(RATE, slope))).buffer);
        const rows = targets(weights).map((each) => ({ ...each, shape: [1, each.count] }));
        engine.chain([diffuse({ a: 1, b })]).run(rows, { at });
      });
    }
    losses.push(findLoss());

    const history = await tf.stack(losses).data();
    const numbers = {
      'loss to begin with': history[0]!,
      'loss in the end': history.at(-1)!,
      accuracy: await shareRight(forward(weights, points), kinds),
    };
    engine.destroy();
    const points_ = Array.from(history, (loss, index): Point => [KEPT * index, loss]);
    return {
      numbers,
      figure: { kind: 'curves', x: 'step', y: 'loss', series: [{ name: 'loss', points: points_ }] },
    };
  });
}
