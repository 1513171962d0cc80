import * as tf from '@tensorflow/tfjs-core';
import { createNoiseEngine, noise, uniform } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { targets } from 'webgpu-noise/tfjs';
import type { Outcome, Point, Setup } from './recipe.js';
import { steps } from './steps.js';
import { createNetwork, descend, resultOf, withTfjs } from './tfjs.js';

/**
 * Where is the object? A small network learns the box around a bright rectangle in synthetic scenes, once
 * with noise on them and once without, and is tested on noisy scenes by the mean overlap of its boxes with
 * the true ones: their intersection over their union.
 */
const SIDE = 12;
const SCENES = 2000;
const TESTS = 400;
const STEPS = 150;
const BATCH = 50;
const STD = 0.5;
const TESTED = [0, 0.25, STD, 0.75, 1];

/** Left, top, right and bottom as shares of the scene's side. */
type Box = readonly [number, number, number, number];

export function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });
  const scenes = createScenes(SCENES + TESTS, seed);
  const worsen = (std: number) => engine.chain([noise({ std })]);
  const augment = worsen(STD);

  return withTfjs(device, async () => {
    const images = tf.tensor2d(scenes.images, [SCENES + TESTS, SIDE * SIDE]);
    const boxes = tf.tensor2d(scenes.boxes.flat(), [SCENES + TESTS, 4]);
    const tested = tf.slice(images, [SCENES, 0]);
    const truth = scenes.boxes.slice(SCENES);

    async function learn(noisy: boolean) {
      const network = createNetwork([SIDE * SIDE, 32, 4], seed);
      const optimizer = tf.train.momentum(0.15, 0.9);
      for await (const step of steps(setup, STEPS, noisy ? { from: 0.5 } : { to: 0.5 })) {
        const first = (step * BATCH) % SCENES;
        tf.tidy(() => {
          const x = tf.slice(images, [first, 0], [BATCH, SIDE * SIDE]);
          const y = tf.slice(boxes, [first, 0], [BATCH, 4]);
          if (noisy) augment.run(targets(x));
          descend(optimizer, network, x, y);
        });
      }
      return network;
    }

    const networks = [await learn(false), await learn(true)];
    const curves: Point[][] = [[], []];
    for (const std of TESTED) {
      const x = tf.add(tested, 0);
      worsen(std).run(targets(x));
      for (const [index, network] of networks.entries()) {
        const found = await resultOf(network, x);
        const overlaps = truth.map((box, i) =>
          overlapOf(box, [...found.subarray(4 * i, 4 * i + 4)]),
        );
        curves[index]!.push([std, overlaps.reduce((a, b) => a + b) / TESTS]);
      }
    }
    engine.destroy();
    return {
      numbers: {
        [`overlap at std ${STD}, learnt without noise`]: curves[0]![2]![1],
        [`overlap at std ${STD}, learnt with noise`]: curves[1]![2]![1],
        'overlap without noise, learnt without': curves[0]![0]![1],
        'overlap without noise, learnt with': curves[1]![0]![1],
      },
      figure: {
        kind: 'curves',
        x: 'standard deviation of the scenes’ noise',
        y: 'mean overlap of boxes',
        series: [
          { name: 'learnt without noise', points: curves[0]! },
          { name: 'learnt with noise', points: curves[1]! },
        ],
      },
    };
  });
}

/** Dark scenes with a rectangle of 4 to 8 pixels a side. */
function createScenes(count: number, seed: number) {
  const drawn = new Float32Array(4 * count);
  createReferenceEngine({ seed, stream: 1 }).chain([uniform()]).run(drawn);
  const images = new Float32Array(count * SIDE * SIDE);
  const boxes: Box[] = [];
  for (let scene = 0; scene < count; scene++) {
    const [a = 0, b = 0, c = 0, d = 0] = drawn.subarray(4 * scene, 4 * scene + 4);
    const [width, height] = [4 + Math.floor(5 * a), 4 + Math.floor(5 * b)];
    const left = Math.floor(c * (SIDE - width + 1));
    const top = Math.floor(d * (SIDE - height + 1));
    for (let y = top; y < top + height; y++) {
      for (let x = left; x < left + width; x++) images[(scene * SIDE + y) * SIDE + x] = 1;
    }
    boxes.push([left / SIDE, top / SIDE, (left + width) / SIDE, (top + height) / SIDE]);
  }
  return { images, boxes };
}

/** The area that two boxes share, of the area that they cover. */
function overlapOf(a: readonly number[], b: readonly number[]): number {
  const side = (from: number, to: number) => Math.max(0, to - from);
  const area = ([left, top, right, bottom]: readonly number[]) =>
    side(left!, right!) * side(top!, bottom!);
  const shared = area([0, 1, 2, 3].map((i) => (i < 2 ? Math.max : Math.min)(a[i]!, b[i]!)));
  return shared / (area(a) + area(b) - shared);
}
