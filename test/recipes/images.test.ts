import { describe, expect, it } from 'vitest';
import { testRecipes } from './harness.js';

const { runRecipe } = await testRecipes();

describe('images with noise', () => {
  it('have their own standard deviations, as bytes and as floats', async () => {
    const { numbers } = await runRecipe('augmentation', { reads: 2 });
    // 63 errors, each normal: one in 2000 runs has one above 4.5.
    expect(numbers['largest error of an image’s std, in standard errors']).toBeLessThan(4.5);
    // Bytes are rounded once, to the nearest; floats of up to 255 levels are within 2^-14 of a level
    // through three roundings of 2^-24 each.
    expect(numbers['largest difference of bytes and floats, in levels']).toBeLessThan(
      0.5 + 2 ** -14,
    );
  });

  it('are changed in a stream of batches as often as was asked for', async () => {
    const { numbers } = await runRecipe('preprocessing');
    // One in 16,000 runs is off by four.
    expect(Math.abs(numbers['off what p says, in standard errors']!)).toBeLessThan(4);
    expect(numbers['least pixel']).toBe(0);
    expect(numbers['greatest pixel']).toBe(1);
  });

  it('are denoised', async () => {
    const { numbers } = await runRecipe('denoising');
    const gain = numbers['PSNR of denoised digits, dB']! - numbers['PSNR of noisy digits, dB']!;
    // Over five seeds 4.27, with a standard deviation of 0.23.
    expect(gain).toBeGreaterThan(3);
  });

  it('are told from clean ones, the better the more noise they have', async () => {
    const { numbers } = await runRecipe('anomaly');
    expect(numbers['AUC without noise']).toBe(0.5);
    // Over five seeds 0.707 and 0.973, with standard deviations of 0.022 and 0.012.
    expect(numbers['AUC at std 0.1']).toBeGreaterThan(0.6);
    expect(numbers['AUC at std 0.2']).toBeGreaterThan(0.9);
  });
});
