import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients of tfjs-core's ops
import { createNoiseEngine, noise, uniform } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import { pointsOf } from './points.js';
import type { Outcome, Setup } from './recipe.js';
import { steps } from './steps.js';
import { withTfjs } from './tfjs.js';

/**
 * Robust optimisation: nothing is built quite as planned, so that a good plan has good neighbours.
 * Parameters get noise at every step of the optimiser, which then goes down, on average, what may be
 * built. The costs are the example of Bertsimas, Nohadani and Teo, "Robust optimization for unconstrained
 * simulation-based problems", 2010, DOI 10.1287/opre.1090.0715: their lowest place, −20.8, is a narrow one.
 */
const STARTS = 64;
const STEPS = 150;
const STD = 0.4;
/** Copies that a plan is judged by. */
const JUDGED = 256;

/** Coefficients of the powers 0 to 6 of x alone and of y alone. */
const X = [0, 6.2, -4.7, -6.4, 21.2, -12.2, 2];
const Y = [0, -10, 56.9, -74.8, 43.3, -11, 1];

/** The costs of plans, the last axis of which has x and y. */
function costOf(plans: tf.Tensor): tf.Tensor {
  const [x, y] = tf.split(tf.reshape(plans, [-1, 2]), 2, 1) as [tf.Tensor, tf.Tensor];
  const along = (v: tf.Tensor, coefficients: readonly number[]) =>
    coefficients.reduceRight<tf.Tensor>((sum, c) => tf.add(tf.mul(sum, v), c), tf.scalar(0));
  const xy = tf.mul(x, y);
  const bent = tf.sub(tf.mul(0.4, tf.add(x, y)), tf.add(tf.mul(0.1, xy), 4.1));
  return tf.reshape(
    tf.addN([along(x, X), along(y, Y), tf.mul(xy, bent)]),
    plans.shape.slice(0, -1),
  );
}

export async function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });
  const start = engine.chain([uniform({ low: -0.5, high: 3.2 })]);

  return withTfjs(device, async () => {
    /** Goes downhill from many places at once. */
    async function descend(std: number, from: number): Promise<tf.Tensor2D> {
      const plans = tf.variable(tf.zeros([STARTS, 2]));
      start.run(targets(plans), { at: { stream: 1, position: 0 } });
      const scatter = engine.chain([noise({ std })]);
      const optimizer = tf.train.adam(0.03);
      for await (const _ of steps(setup, STEPS, { from, to: from + 0.5 })) {
        tf.tidy(() => {
          const off = tf.zeros([STARTS, 2]);
          scatter.run(targets(off));
          optimizer.minimize(() => tf.mean(costOf(tf.add(plans, off))), false, [plans]);
        });
      }
      return plans as tf.Tensor as tf.Tensor2D;
    }

    const off = tf.zeros([JUDGED, 1, 2]);
    engine.chain([noise({ std: STD })]).run(targets(off), { at: { stream: 2, position: 0 } });
    /** The costs of each plan as it is, and on average as it is built. */
    async function judge(plans: tf.Tensor2D) {
      const built = tf.mean(costOf(tf.add(plans, off)), 0);
      return { planned: await costOf(plans).data(), built: await built.data() };
    }

    const [exact, robust] = [await descend(0, 0), await descend(STD, 0.5)];
    const [byExact, byRobust] = [await judge(exact), await judge(robust)];
    engine.destroy();
    const lowest = byExact.planned.indexOf(Math.min(...byExact.planned));
    const safest = byRobust.built.indexOf(Math.min(...byRobust.built));
    return {
      numbers: {
        'lowest cost, as planned': byExact.planned[lowest]!,
        'the same, as built': byExact.built[lowest]!,
        'cost of the robust plan, as planned': byRobust.planned[safest]!,
        'the same of it, as built': byRobust.built[safest]!,
      },
      figure: {
        kind: 'dots',
        x: 'x',
        y: 'y',
        series: [
          { name: 'where it ends without noise', points: await pointsOf(exact) },
          { name: 'with noise', points: await pointsOf(robust) },
        ],
      },
    };
  });
}
