import { env, InferenceSession } from 'onnxruntime-web/webgpu';
import { createNoiseEngine, noise } from 'webgpu-noise';
import { createTensor, sessionOptions, targets } from 'webgpu-noise/onnxruntime';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { networkModel } from '../../bench/suite/yardsticks/onnxModel.mjs';
import { CLASSES, guessOf, labelOf, PIXELS, partsOf, UNITS } from '../weights/network.js';
import { readBytes } from './files.js';
import type { Outcome, Point, Setup } from './recipe.js';
import { steps } from './steps.js';

/**
 * ONNX Runtime between two kernels of noise: on the buffer that a model reads, and on the buffer that it
 * has written. Neither leaves the GPU before both are done. The model tells digits; its scores are held
 * against those that the CPU finds for the same noise.
 */
const DIGITS = 200;
const STDS = [0, 0.2, 0.4, 0.6];
/** On the scores. */
const OUTPUT_STD = 1;

export async function run(setup: Setup): Promise<Outcome> {
  const { device, seed } = setup;
  const stored = await readBytes(new URL('../weights/data/weights.bin', import.meta.url));
  const weights = partsOf(new Float32Array(stored.buffer));
  const bytes = await readBytes(new URL('../weights/data/digits.bin', import.meta.url));
  const digits = Float32Array.from(bytes.subarray(0, DIGITS * PIXELS), (level) => level / 255);
  const engine = createNoiseEngine(device, { seed });
  const reference = createReferenceEngine({ seed });
  const onOutput = engine.chain([noise({ std: OUTPUT_STD })]);

  env.wasm.numThreads = 1;
  const model = networkModel(DIGITS, [PIXELS, UNITS, CLASSES], weights);
  const session = await InferenceSession.create(model, sessionOptions(device));
  const x = createTensor(device, 'float32', [DIGITS, PIXELS]);

  let apart = 0;
  const curve: Point[] = [];
  for await (const step of steps(setup, STDS.length)) {
    const std = STDS[step]!;
    const onInput = engine.chain([noise({ std })]);
    device.queue.writeBuffer(x.gpuBuffer as GPUBuffer, 0, digits);
    const inputAt = onInput.run(targets(x));
    const { z } = await session.run({ x });
    const outputAt = onOutput.run(targets(z!));
    const scores = (await z!.getData()) as Float32Array;
    z!.dispose();

    const input = Float32Array.from(digits);
    reference.chain(onInput.ops).run(input, { at: inputAt });
    const output = scoresOf(weights, input);
    reference.chain(onOutput.ops).run(output, { at: outputAt });
    apart = Math.max(apart, ...output.map((score, i) => Math.abs(score - scores[i]!)));
    curve.push([std, shareRight(scores)]);
  }
  x.dispose();
  await session.release();
  engine.destroy();
  return {
    numbers: {
      'largest difference of a score from the CPU’s': apart,
      'accuracy with noise on the scores alone': curve[0]![1],
      'accuracy with noise of 0.6 on the pixels, too': curve.at(-1)![1],
    },
    figure: {
      kind: 'curves',
      x: 'noise on the pixels, std',
      y: 'accuracy',
      series: [{ name: `noise of ${OUTPUT_STD} on the scores`, points: curve }],
    },
  };
}

/** The scores of rows of pixels, in float64. */
function scoresOf([into, before, out, after]: readonly Float32Array[], pixels: Float32Array) {
  const dense = (x: ArrayLike<number>, matrix: Float32Array, biases: Float32Array) =>
    Float64Array.from(biases, (bias, unit) => {
      let sum = bias;
      for (let i = 0; i < x.length; i++) sum += x[i]! * matrix[i * biases.length + unit]!;
      return sum;
    });
  const scores = new Float32Array(DIGITS * CLASSES);
  for (let digit = 0; digit < DIGITS; digit++) {
    const row = pixels.subarray(digit * PIXELS, (digit + 1) * PIXELS);
    const units = dense(row, into!, before!).map((sum) => Math.max(sum, 0));
    scores.set(dense(units, out!, after!), digit * CLASSES);
  }
  return scores;
}

/** The share of digits whose highest score is at what they show. */
function shareRight(scores: Float32Array): number {
  const right = Array.from({ length: DIGITS }, (_, digit) => {
    const own = Float64Array.from(scores.subarray(digit * CLASSES, (digit + 1) * CLASSES));
    return guessOf(own) === labelOf(digit);
  });
  return right.filter(Boolean).length / DIGITS;
}
