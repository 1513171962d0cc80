import { describe, expect, it } from 'vitest';
import { normal, perturb } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { createLearner, PAIRS, WEIGHTS } from '../../demo/weights/evolution/learner.js';
import { POINTS, pointsOf } from '../../demo/weights/evolution/points.js';
import { testDevice } from '../gpu/device.js';

const { device } = await testDevice();
const step = { std: 0.1, rate: 0.1 };

describe('learning by evolution strategies', () => {
  it('moves the network by the very noise that its copies had, drawn again', async () => {
    const learner = createLearner(device);
    learner.restart('7', pointsOf('moons'));
    const { coefficients } = (await learner.step(0, step))!;
    const start = new Float32Array(WEIGHTS);
    const reference = createReferenceEngine({ seed: 7 });
    reference.chain([normal({ std: 0.5 })]).run(start);
    const expected = start.slice();
    const copies = await learner.engine.read(learner.copies);
    for (const [pair, c] of coefficients.entries()) {
      const at = { stream: 1, position: pair * WEIGHTS };
      for (const [copy, sign] of [
        [pair, 1],
        [PAIRS + pair, -1],
      ] as const) {
        const noisy = start.slice();
        reference.chain([perturb({ std: step.std, sign })]).run(noisy, { at });
        expect(copies.subarray(copy * WEIGHTS, (copy + 1) * WEIGHTS)).toEqual(noisy);
      }
      const op = perturb({ std: Math.abs(c), sign: c < 0 ? -1 : 1 });
      reference.chain([op]).run(expected, { at });
    }
    expect(coefficients.every((c) => c !== 0)).toBe(true);
    expect(await learner.engine.read(learner.network)).toEqual(expected);
    learner.destroy();
  });

  it('leaves a new network alone when an older one is being tried', async () => {
    const learner = createLearner(device);
    learner.restart('7', pointsOf('moons'));
    const tried = learner.step(0, step);
    learner.restart('8', pointsOf('moons'));
    expect(await tried).toBeUndefined();
    const start = new Float32Array(WEIGHTS);
    createReferenceEngine({ seed: 8 })
      .chain([normal({ std: 0.5 })])
      .run(start);
    expect(await learner.engine.read(learner.network)).toEqual(start);
    learner.destroy();
  });

  it.each(['moons', 'spirals'] as const)(
    'tells the %s apart better than a guess',
    async (shape) => {
      const learner = createLearner(device);
      learner.restart('42', pointsOf(shape));
      const { loss: before } = await learner.look();
      for (let generation = 0; generation < 60; generation++) await learner.step(generation, step);
      const { loss, right } = await learner.look();
      // The cross entropy of a network that takes both sides for as likely, and as many right as it has.
      const guess = Math.LN2;
      expect(before).toBeGreaterThan(guess);
      expect(loss).toBeLessThan(guess);
      expect(right).toBeGreaterThan(POINTS / 2);
      learner.destroy();
    },
  );
});
