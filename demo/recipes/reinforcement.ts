import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients of tfjs-core's ops
import { createNoiseEngine, diffuse, normal, uniform } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import type { Outcome, Setup } from './recipe.js';
import { steps } from './steps.js';
import { withTfjs } from './tfjs.js';

/**
 * Reinforcement learning needs actions that the policy would not take: noise on actions. A car too weak
 * for its hill must swing to get out of the valley (Moore 1990, "Efficient memory-based learning for robot
 * control"), which white noise seldom does, and an Ornstein–Uhlenbeck process, whose noise lasts, does
 * often (Lillicrap et al. 2016, https://arxiv.org/abs/1509.02971). Of many drives the policy then imitates
 * those that went well (Peters and Schaal 2007, "Reinforcement learning by reward-weighted regression",
 * DOI 10.1145/1273496.1273590).
 */
const CARS = 64;
const TIMES = 60;
const ROUNDS = 5;
const FITS = 10;
/** Of the noise, at all times. */
const STD = 0.7;
/** What the Ornstein–Uhlenbeck process keeps of itself from time to time. */
const KEPT = 0.85;
/** How much better than another a drive must be to count e times as much. */
const TEMPERATURE = 0.02;

/** The car, in the units of Moore's; four of his times are one. */
const DT = 4;
const MOTOR = 0.0015;
const GRAVITY = 0.0025;
const GOAL = 0.45;

export async function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;

  return withTfjs(device, async () => {
    /** @param kept 0 for white noise */
    async function learn(std: number, kept: number, from: number): Promise<number> {
      const engine = createNoiseEngine(device, { seed });
      const place = engine.chain([uniform({ low: -0.6, high: -0.4 })]);
      const begin = engine.chain([normal({ std })]);
      const wander = engine.chain([diffuse({ a: kept, b: std * Math.sqrt(1 - kept ** 2) })]);
      const policy = tf.variable(tf.zeros([3]));
      const optimizer = tf.train.adam(0.2);

      function act(x: tf.Tensor, v: tf.Tensor): tf.Tensor {
        const [bias, byPlace, bySpeed] = tf.split(policy, 3) as [tf.Tensor, tf.Tensor, tf.Tensor];
        const place = tf.mul(byPlace, tf.add(x, 0.5));
        return tf.tanh(tf.addN([tf.add(bias, place), tf.mul(bySpeed, tf.mul(50, v))]));
      }

      /** All cars drive at once. What comes back is what they saw and did, and how far they came. */
      function drive(noisy: boolean) {
        let x: tf.Tensor = tf.zeros([CARS]);
        place.run(targets(x));
        let v: tf.Tensor = tf.zeros([CARS]);
        const off = tf.zeros([CARS]);
        begin.run(targets(off));
        let farthest: tf.Tensor = x;
        const all = { x: [] as tf.Tensor[], v: [] as tf.Tensor[], u: [] as tf.Tensor[] };
        const reached: tf.Tensor[] = [];
        for (let time = 0; time < TIMES; time++) {
          wander.run(targets(off));
          const u = tf.clipByValue(noisy ? tf.add(act(x, v), off) : act(x, v), -1, 1);
          all.x.push(x);
          all.v.push(v);
          all.u.push(u);
          const down = tf.mul(GRAVITY * DT, tf.cos(tf.mul(3, x)));
          v = tf.clipByValue(tf.add(v, tf.sub(tf.mul(MOTOR * DT, u), down)), -0.07, 0.07);
          x = tf.add(x, tf.mul(DT, v));
          v = tf.mul(v, tf.step(tf.add(x, 1.2))); // a wall stops it
          x = tf.maximum(x, -1.2);
          farthest = tf.minimum(tf.maximum(farthest, x), GOAL);
          reached.push(farthest);
        }
        const [xs, vs, us] = [tf.stack(all.x), tf.stack(all.v), tf.stack(all.u)];
        return { xs, vs, us, farthest, score: tf.mean(tf.stack(reached), 0) };
      }

      for await (const _ of steps(setup, ROUNDS, { from, to: from + 1 / 3 })) {
        tf.tidy(() => {
          const { xs, vs, us, score } = drive(true);
          const weights = tf.softmax(tf.div(score, TEMPERATURE));
          const miss = () => tf.sum(tf.mul(weights, tf.square(tf.sub(act(xs, vs), us))));
          for (let fit = 0; fit < FITS; fit++) {
            optimizer.minimize(() => tf.div(miss(), TIMES), false, [policy]);
          }
        });
      }
      const share = tf.tidy(() => {
        return tf.mean(tf.cast(tf.greaterEqual(drive(false).farthest, GOAL), 'float32'));
      });
      engine.destroy();
      return (await share.data())[0]!;
    }

    const none = await learn(0, 0, 0);
    const white = await learn(STD, 0, 1 / 3);
    const lasting = await learn(STD, KEPT, 2 / 3);
    setup.progress(1);
    return {
      numbers: {
        'cars that get out, learned without noise': none,
        'learned with white noise': white,
        'learned with Ornstein–Uhlenbeck noise': lasting,
      },
      figure: {
        kind: 'bars',
        y: 'cars that get out of the valley',
        bars: [
          { name: 'learned without noise', value: none },
          { name: 'with white noise', value: white },
          { name: 'with Ornstein–Uhlenbeck noise', value: lasting },
        ],
      },
    };
  });
}
