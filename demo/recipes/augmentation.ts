import * as tf from '@tensorflow/tfjs-core';
import { clip, createNoiseEngine, noise, perAxis } from 'webgpu-noise';
import { targets } from 'webgpu-noise/tfjs';
import { type Digits, loadDigits, PIXELS, SIDE } from './digits.js';
import { mosaic } from './mosaic.js';
import type { Outcome, Setup } from './recipe.js';
import { steps } from './steps.js';
import { withTfjs } from './tfjs.js';

/**
 * Noise on a whole batch of images in one submit, each with its own standard deviation: as bytes in a buffer
 * of one's own, clipped to 0…255, and as a tensor of tfjs, clipped to 0…1. The noise is the same in both.
 */
const BATCH = 64;
const SHAPE = [BATCH, SIDE, SIDE];
/** Of the last image; those before it have less, and the first none. */
const STD = 0.5;
const stds = Array.from({ length: BATCH }, (_, index) => (STD * index) / (BATCH - 1));

export function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  return withTfjs(device, async () => {
    const { training } = await loadDigits();
    const engine = createNoiseEngine(device, { seed });
    const at = engine.state; // all three draw the same noise
    const std = perAxis(0, stds);

    const bytes = upload(device, training);
    const levels = perAxis(
      0,
      stds.map((each) => 255 * each),
    );
    const inBytes = engine.chain([noise({ std: levels }), clip({ min: 0, max: 255 })], {
      format: 'u8',
    });
    inBytes.run({ buffer: bytes, shape: SHAPE }, { at });

    const images = tf.tensor(training.images.subarray(0, BATCH * PIXELS), SHAPE);
    const clipped = tf.add(images, 0);
    engine.chain([noise({ std }), clip({ min: 0, max: 1 })]).run(targets(clipped), { at });

    const noisy = tf.add(images, 0);
    const add = engine.chain([noise({ std })]);
    for await (const _ of steps(setup, 1)) add.run(targets(noisy), { at });

    // What follows reads back.
    const asBytes = await engine.read({ buffer: bytes, count: BATCH * PIXELS }, { format: 'u8' });
    const asFloats = await clipped.data();
    const added = targets(tf.sub(noisy, images));
    const { std: found } = await engine.measure(added, { axis: [0] });
    const errors = stds.slice(1).map((asked, index) => {
      return Math.abs(found[index + 1]! / asked - 1) * Math.sqrt(2 * PIXELS); // its own spread is 1/√(2n)
    });
    bytes.destroy();
    engine.destroy();
    return {
      numbers: {
        'largest error of an image’s std, in standard errors': Math.max(...errors),
        'largest difference of bytes and floats, in levels': Math.max(
          ...Array.from(asBytes, (level, index) => Math.abs(level - 255 * asFloats[index]!)),
        ),
      },
      figure: {
        kind: 'pictures',
        pictures: [
          mosaic('a batch', training.images, BATCH),
          mosaic('with noise from std 0 to 0.5, clipped', asFloats as Float32Array, BATCH),
        ],
      },
    };
  });
}

/** A buffer of the first digits' bytes. */
function upload(device: GPUDevice, { bytes }: Digits): GPUBuffer {
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const buffer = device.createBuffer({
    size: BATCH * PIXELS,
    usage: STORAGE | COPY_SRC | COPY_DST,
  });
  device.queue.writeBuffer(buffer, 0, bytes, 0, BATCH * PIXELS);
  return buffer;
}
