import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createReferenceEngine } from 'webgpu-noise/reference';
import {
  CLASSES,
  countRight,
  guessOf,
  labelOf,
  PARTS,
  PIXELS,
  partsOf,
  scoresOf,
  UNITS,
  unitsOf,
} from '../../demo/weights/network.js';
import { createTester, type PairNoise, type Relative } from '../../demo/weights/tester.js';
import { testDevice } from '../gpu/device.js';

const read = (name: string) => Uint8Array.from(readFileSync(`demo/weights/data/${name}`));
const weights = new Float32Array(read('weights.bin').buffer);
const digits = read('digits.bin');
const measured: { digits: number; right: number } = JSON.parse(
  readFileSync('demo/weights/data/measured.json', 'utf8'),
);
const { device } = await testDevice();
const setting = { steps: 2, shown: 20 };

/** The masters with noise, by the CPU reference. */
function noisyWeights(
  { stds, relative, seed, pair }: PairNoise,
  step: number,
  sign: 1 | -1,
): Float32Array {
  const noisy = weights.slice();
  const tensors = PARTS.map((part) => ({ buffer: noisy, ...part }));
  const at = { seed, stream: pair, position: 0 };
  createReferenceEngine().perturb(tensors, { std: stds[step]!, relative, sign, at });
  return noisy;
}

/**
 * The scores of a digit, and by how much sums of f32 in any order, fused or not, may be off: n terms by
 * n·2⁻²³ of the sum of their magnitudes, with 8 more for the bias, the light (within 3 ulp) and max.
 */
function scoresWithin(noisy: Float32Array, digit: Uint8Array) {
  const units = unitsOf(noisy, digit);
  const sizes = unitsOf(noisy.map(Math.abs), digit);
  const [, , out, biases] = partsOf(noisy.map(Math.abs));
  const bounds = Array.from(biases!, (bias, score) => {
    let [inherited, size] = [0, bias];
    for (let unit = 0; unit < UNITS; unit++) {
      const weight = out![unit * CLASSES + score]!;
      inherited += weight * sizes[unit]! * (PIXELS + 8) * 2 ** -23;
      size += weight * units[unit]!;
    }
    return inherited + size * (UNITS + 8) * 2 ** -23;
  });
  return { scores: scoresOf(noisy, units), bounds };
}

describe('the classifier of digits', () => {
  it('tells as many right as when it was trained, on the CPU and on the GPU', async () => {
    expect(digits.length).toBe(measured.digits * PIXELS);
    expect(countRight(weights, digits)).toBe(measured.right);
    const tester = createTester(device, weights, digits, setting);
    const noise = { stds: [0, 0], relative: 'none', seed: '1', pair: 0 } as const;
    const { trials } = await tester.test(noise);
    expect(trials.flat().map(({ right }) => right)).toEqual(Array(4).fill(measured.right));
    tester.destroy();
  });

  it.each<Relative>(['none', 'weight', 'rms'])(
    'scores on the GPU as on the CPU under noise relative to %s, and leaves the masters alone',
    async (relative) => {
      const tester = createTester(device, weights, digits, setting);
      const stds = relative === 'none' ? [0.05, 0.2] : [0.3, 1];
      const noise = { stds, relative, seed: '18446744073709551615', pair: 3 };
      const { trials, changed } = await tester.test(noise);
      const found = await tester.engine.read(tester.scores);
      for (const [step, twins] of trials.entries()) {
        for (const [twin, { right, guesses }] of twins.entries()) {
          const noisy = noisyWeights(noise, step, twin ? -1 : 1);
          const first = (2 * step + twin) * measured.digits;
          const made: number[] = [];
          let worst = 0;
          for (let index = 0; index < measured.digits; index++) {
            const digit = digits.subarray(index * PIXELS, (index + 1) * PIXELS);
            const { scores, bounds } = scoresWithin(noisy, digit);
            const row = found.subarray((first + index) * CLASSES, (first + index + 1) * CLASSES);
            const guess = row.indexOf(Math.max(...row));
            made.push(guess);
            for (const [score, bound] of bounds.entries()) {
              worst = Math.max(worst, Math.abs(row[score]! - scores[score]!) / bound);
            }
            const best = guessOf(scores);
            const apart = scores[best]! - scores[guess]!;
            expect(apart).toBeLessThanOrEqual(bounds[best]! + bounds[guess]!);
          }
          expect(worst).toBeLessThan(1);
          expect(right).toBe(made.filter((guess, index) => guess === labelOf(index)).length);
          expect(guesses).toEqual(made.slice(0, setting.shown));
        }
      }
      expect(changed).toBe(0);
      const masters = await tester.engine.read(tester.masters, { format: 'u32' });
      expect(masters).toEqual(new Uint32Array(weights.buffer));
      tester.destroy();
    },
  );

  it('notices each word of the masters that changes', async () => {
    const tester = createTester(device, weights, digits, setting);
    for (const [place, bits] of [
      [0, 1],
      [weights.length - 1, 2 ** 31],
    ] as const) {
      const words = new Uint32Array(weights.slice().buffer);
      words[place]! ^= bits;
      device.queue.writeBuffer(tester.masters, 0, words);
      const noise = { stds: [0, 0], relative: 'none', seed: '1', pair: 0 } as const;
      expect((await tester.test(noise)).changed).toBe(1);
    }
    tester.destroy();
  });
});
