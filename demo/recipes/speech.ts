import * as tf from '@tensorflow/tfjs-core';
import { createNoiseEngine, type NoiseEngine, perAxis, snr, uniform } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { targets } from 'webgpu-noise/tfjs';
import { decodeWav } from '../sound/wav.js';
import { readBytes } from './files.js';
import type { Outcome, Point, Setup } from './recipe.js';
import { steps } from './steps.js';
import { accuracyOf, createNetwork, descend, resultOf, withTfjs } from './tfjs.js';

/**
 * Noise at a signal-to-noise ratio that is random for each clip: on clips of speech, whose ratios are
 * measured, and on tones, by which one classifier learns with such noise and one without. Both are tested
 * at ratios from −10 to 20 dB.
 */
const TONES = 4;
const SAMPLES = 64;
const BATCH = 64;
const TESTS = 256;
const STEPS = 100;
const RATIOS = { low: -10, high: 10 };
const TESTED = [-10, -5, 0, 5, 10, 20];
const CLIP = 4096;

export function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const engine = createNoiseEngine(device, { seed });
  const numbers = createReferenceEngine({ seed, stream: 1 });

  /** Numbers between low and high, for phases and ratios. */
  function draw(count: number, low: number, high: number): number[] {
    const drawn = new Float32Array(count);
    numbers.chain([uniform({ low, high })]).run(drawn);
    return [...drawn];
  }

  /** Clips of sines: clip i has tone i mod TONES, at a random phase. */
  function createTones(count: number) {
    const phases = draw(count, 0, 2 * Math.PI);
    const x = Float32Array.from({ length: count * SAMPLES }, (_, i) => {
      const clip = Math.floor(i / SAMPLES);
      const cycles = 5 + 2 * (clip % TONES);
      return Math.sin((2 * Math.PI * cycles * i) / SAMPLES + phases[clip]!);
    });
    return tf.tensor2d(x, [count, SAMPLES]);
  }

  return withTfjs(device, async () => {
    const labels = Array.from({ length: TESTS }, (_, clip) => clip % TONES);
    const y = tf.oneHot(tf.tensor1d(labels.slice(0, BATCH), 'int32'), TONES);

    async function learn(noisy: boolean) {
      const network = createNetwork([SAMPLES, 32, TONES], seed);
      const optimizer = tf.train.momentum(0.1, 0.9);
      for await (const _ of steps(setup, STEPS, noisy ? { from: 0.5 } : { to: 0.5 })) {
        tf.tidy(() => {
          const x = createTones(BATCH);
          const db = perAxis(0, draw(BATCH, RATIOS.low, RATIOS.high));
          if (noisy) engine.chain([snr({ db, axis: 0 })]).run(targets(x));
          descend(optimizer, network, x, y);
        });
      }
      return network;
    }

    const networks = [await learn(false), await learn(true)];
    const tones = createTones(TESTS);
    const curves: Point[][] = [[], []];
    for (const db of TESTED) {
      const x = tf.add(tones, 0);
      engine.chain([snr({ db, axis: 0 })]).run(targets(x));
      for (const [index, network] of networks.entries()) {
        curves[index]!.push([db, accuracyOf(await resultOf(network, x), labels)]);
      }
    }
    const off = await speechErrors(engine, (count) => draw(count, 0, 20));
    engine.destroy();
    const mean = (points: Point[]) =>
      points.reduce((sum, [, right]) => sum + right, 0) / points.length;
    return {
      numbers: {
        'right at −5 dB, learnt without noise': curves[0]![1]![1],
        'right at −5 dB, learnt with noise': curves[1]![1]![1],
        'right over all ratios, learnt without noise': mean(curves[0]!),
        'right over all ratios, learnt with noise': mean(curves[1]!),
        'clips of speech': off.length,
        'largest error of a clip’s ratio, in standard errors': Math.max(...off),
      },
      figure: {
        kind: 'curves',
        x: 'signal-to-noise ratio, dB',
        y: 'share told right',
        series: [
          { name: 'learnt without noise', points: curves[0]! },
          { name: 'learnt with noise', points: curves[1]! },
        ],
      },
    };
  });
}

/** By how much the ratios of speech and noise are off what was asked for, clip by clip, in standard errors. */
async function speechErrors(engine: NoiseEngine, draw: (count: number) => number[]) {
  const file = await readBytes(new URL('../sound/speech.wav', import.meta.url));
  const { samples } = decodeWav(file.buffer)!;
  const clips = Math.floor(samples.length / CLIP);
  const clean = tf.tensor(samples.subarray(0, clips * CLIP), [clips, CLIP]);
  const ratios = draw(clips);
  const noisy = tf.add(clean, 0);
  engine.chain([snr({ db: perAxis(0, ratios), axis: 0 })]).run(targets(noisy));
  const power = async (x: tf.Tensor) => {
    const { mean, variance } = await engine.measure(targets(x), { axis: [0] });
    return mean.map((each, clip) => each ** 2 + variance[clip]!);
  };
  const [signal, noise] = [await power(clean), await power(tf.sub(noisy, clean))];
  // The power of n normals has a relative standard error of √(2/n).
  return ratios.flatMap((db, clip) => {
    const wanted = signal[clip]! / 10 ** (db / 10);
    return wanted > 0 ? [Math.abs(noise[clip]! / wanted - 1) / Math.sqrt(2 / CLIP)] : [];
  });
}
