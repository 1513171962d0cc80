import { bits, normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import type { Digit } from './mnist.js';
import { CLASSES, PIXELS, partsOf, scoresOf, UNITS, unitsOf, WEIGHTS } from './network.js';

/** Times that each digit is seen, digits between two steps, and the length of the first steps. */
const ROUNDS = 12;
const BATCH = 50;
const RATE = 0.3;

/**
 * Trains the classifier by gradient descent on the cross entropy, one batch after the other, with steps that
 * get shorter. Everything random is drawn by the seed: stream 0 starts the weights, stream 1 and those after
 * it shuffle the digits.
 */
export function train(digits: readonly Digit[], seed: number): Float32Array {
  const engine = createReferenceEngine({ seed });
  const weights = startWeights(engine);
  const slopes = new Float32Array(WEIGHTS);
  const steps = Math.ceil(digits.length / BATCH);
  for (let round = 0; round < ROUNDS; round++) {
    const order = shuffled(engine, digits, round);
    for (let step = 0; step < steps; step++) {
      const batch = order.slice(step * BATCH, (step + 1) * BATCH);
      slopes.fill(0);
      for (const digit of batch) addSlopes(slopes, weights, digit);
      const rate = (RATE * (1 - (round + step / steps) / ROUNDS)) / batch.length;
      for (let i = 0; i < WEIGHTS; i++) weights[i]! -= rate * slopes[i]!;
    }
  }
  return weights;
}

type Engine = ReturnType<typeof createReferenceEngine>;

/** Normal with variance 2 / inputs, as suits units with max(x, 0) (He et al. 2015); biases of 0. */
function startWeights(engine: Engine): Float32Array {
  const weights = new Float32Array(WEIGHTS);
  const [into, , out] = partsOf(weights);
  engine.chain([normal({ std: Math.sqrt(2 / PIXELS) })]).run(into!);
  engine.chain([normal({ std: Math.sqrt(2 / UNITS) })]).run(out!);
  return weights;
}

/** The digits in the order of random words. */
function shuffled(engine: Engine, digits: readonly Digit[], round: number): Digit[] {
  const words = new Uint32Array(digits.length);
  engine.chain([bits()], { format: 'u32' }).run(words, { at: { stream: 1 + round, position: 0 } });
  return [...digits.keys()].sort((a, b) => words[a]! - words[b]!).map((index) => digits[index]!);
}

/** Adds the cross entropy's derivatives for one digit. */
function addSlopes(slopes: Float32Array, weights: Float32Array, { pixels, label }: Digit): void {
  const [, , out] = partsOf(weights);
  const [intoSlopes, biasSlopes, outSlopes, scoreSlopes] = partsOf(slopes);
  const units = unitsOf(weights, pixels);
  const errors = shares(scoresOf(weights, units));
  errors[label]! -= 1;
  const unitErrors = new Float64Array(UNITS);
  for (let score = 0; score < CLASSES; score++) {
    scoreSlopes![score]! += errors[score]!;
    for (let unit = 0; unit < UNITS; unit++) {
      const place = unit * CLASSES + score;
      outSlopes![place]! += errors[score]! * units[unit]!;
      if (units[unit]! > 0) unitErrors[unit]! += errors[score]! * out![place]!;
    }
  }
  for (let unit = 0; unit < UNITS; unit++) biasSlopes![unit]! += unitErrors[unit]!;
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    const light = pixels[pixel]! / 255;
    if (light === 0) continue;
    for (let unit = 0; unit < UNITS; unit++) {
      intoSlopes![pixel * UNITS + unit]! += light * unitErrors[unit]!;
    }
  }
}

/** The scores as probabilities: e^score, divided by their sum. */
function shares(scores: Float64Array): Float64Array {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}
