import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, vi } from 'vitest';
import { createNoiseEngine } from 'webgpu-noise';
import { setDevice } from 'webgpu-noise/tfjs';
import { recipes, SEED } from '../../demo/recipes/index.js';
import { openDevice } from '../../demo/recipes/node.js';
import { type Performance, perform, shareOf } from '../../demo/recipes/perform.js';

/**
 * A device for the recipes of one file, and what runs them on it. A GPU error fails the test in which it
 * happens. So does a recipe that reads something back through the noise engine, unless the test says how
 * often it does; that loses tensors of tfjs; or that takes no time for noise.
 */
export async function testRecipes() {
  const device = await openDevice();
  const errors: string[] = [];
  device.addEventListener('uncapturederror', ({ error }) => errors.push(error.message));
  afterEach(async () => {
    await device.queue.onSubmittedWorkDone();
    expect(errors.splice(0)).toEqual([]);
  });
  await setDevice(device);
  // Once per device, what reads back is what checks its math.
  await createNoiseEngine(device).verify();

  async function runRecipe(name: string, { reads = 0 } = {}): Promise<Performance> {
    const recipe = recipes[name]!;
    const done: number[] = [];
    const tensors = tf.memory().numTensors;
    const map = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
    let performed: Performance;
    try {
      performed = await perform(recipe, {
        device,
        seed: SEED,
        progress: (share) => done.push(share),
      });
      const own = (map.mock.contexts as GPUBuffer[]).filter(({ label }) =>
        label.startsWith('webgpu-noise'),
      );
      expect(own.length).toBe(reads);
    } finally {
      map.mockRestore();
    }
    expect(tf.memory().numTensors).toBe(tensors);
    expect(performed.spent!.noise).toBeGreaterThan(0);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(1);
    console.log(
      `${name}: ${JSON.stringify(performed.numbers)}, ${performed.seconds.toFixed(1)} s,`,
    );
    console.log(`noise ${shareOf(performed.spent)}`);
    return performed;
  }

  return { device, runRecipe };
}
