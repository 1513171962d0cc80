import { expect, it } from 'vitest';
import { testRecipes } from './harness.js';

const { runRecipe } = await testRecipes();

/**
 * Runs a recipe and gives its numbers in their order. What chance does to them was found by other seeds, on
 * tfjs's backend for the CPU with the noise of `webgpu-noise/reference`, which has the same bits. Bounds are
 * at least three standard deviations from the mean of these seeds.
 */
async function numbersOf(name: string): Promise<number[]> {
  return Object.values((await runRecipe(name)).numbers);
}

it('learns a ring from noise', async () => {
  const [, made, , ring] = await numbersOf('gan');
  // Five seeds: 0.057 ± 0.029 and 0.058 ± 0.026.
  expect(made).toBeLessThan(0.2);
  expect(ring).toBeLessThan(0.2);
});

it('withstands attacks after noise and attacks', async () => {
  const [, plain, , hardened] = await numbersOf('adversarial');
  // Five seeds: 0.260 ± 0.015 better.
  expect(hardened! - plain!).toBeGreaterThan(0.15);
});

it('learns less by heart under weight noise', async () => {
  const [plain, noisy] = await numbersOf('weightNoise');
  // Five seeds: 0.884 ± 0.033 times the loss.
  expect(noisy).toBeLessThan(plain!);
});

it('is less sure of what it has not seen', async () => {
  const [, , ratio] = await numbersOf('uncertainty');
  // Five seeds: 2.72 ± 0.21.
  expect(ratio).toBeGreaterThan(1.5);
});

it('finds a plan that may be built inexactly', async () => {
  const [planned, built, , robust] = await numbersOf('robust');
  // The lowest place is that of the paper, to the digits that it prints.
  expect(planned).toBeCloseTo(-20.8, 1);
  // Five seeds: 31.7 ± 6.3 and 4.10 ± 0.16.
  expect(robust).toBeLessThan(built! / 2);
});

it('learns without gradients', async () => {
  const [before, after, accuracy] = await numbersOf('zerothOrder');
  // Five seeds: 0.25 ± 0.09 times the loss, and an accuracy of 0.91 ± 0.01.
  expect(after! / before!).toBeLessThan(0.6);
  expect(accuracy).toBeGreaterThan(0.8);
});

it('learns from points without labels', async () => {
  const [alone, agreeing] = await numbersOf('consistency');
  // Five seeds: 0.092 ± 0.016 better.
  expect(agreeing! - alone!).toBeGreaterThan(0.02);
});

it('gets ready for noisy digits by one layer', async () => {
  const [before, tuned] = await numbersOf('fineTune');
  // Five seeds: 0.153 ± 0.026 better.
  expect(tuned! - before!).toBeGreaterThan(0.05);
});

it('swings out of a valley by noise on its actions', async () => {
  const [none, white, lasting] = await numbersOf('reinforcement');
  expect(none).toBe(0);
  // Five seeds: 0.994 ± 0.009; with white noise 0.30 ± 0.26.
  expect(lasting).toBeGreaterThan(0.9);
  expect(white).toBeLessThan(lasting!);
});

it('diffuses to many times at once as the closed form says', async () => {
  const [apart, atOnce, byStep] = await numbersOf('diffusion');
  // Both are below 8 and round three times: by 2^-22 each at most.
  expect(apart).toBeLessThan(2 ** -20);
  // Of 40 times, one in three thousand runs has one beyond 4.5 standard errors.
  expect(atOnce).toBeLessThan(4.5);
  expect(byStep).toBeLessThan(4.5);
});

it('learns nearly as well with privacy', async () => {
  const [open, hidden, epsilon, norm, clipped] = await numbersOf('privacy');
  // Five seeds: 0.038 ± 0.014 worse.
  expect(open! - hidden!).toBeLessThan(0.1);
  // 40 / (2 · 10²) = 0.2, and 0.2 + 2 · √(0.2 · ln 10⁵) = 3.2349.
  expect(epsilon).toBeCloseTo(3.2349, 4);
  expect(norm).toBeGreaterThan(1);
  // tfjs adds up 65 squares in f32, each time off by 2^-24 of the sum at most.
  expect(clipped).toBeLessThan(1 + 2 ** -17);
});

it('goes around a model of ONNX Runtime', async () => {
  const [apart, alone, both] = await numbersOf('onnx');
  // A unit adds up 784 terms, 48 in magnitude, and rounds at random: √784 · 2^-24 · 48 = 8e-5; a score adds
  // up 32 such units, by weights of about 1: 5e-4.
  expect(apart).toBeLessThan(1e-3);
  expect(both).toBeLessThan(alone!);
});
