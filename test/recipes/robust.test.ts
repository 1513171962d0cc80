import { describe, expect, it } from 'vitest';
import { testRecipes } from './harness.js';

const { runRecipe } = await testRecipes();

describe('what learns with noise does better under noise', () => {
  it('classifies noisy digits better', async () => {
    const { numbers } = await runRecipe('classification');
    const without = numbers['right at std 0.5, learnt without noise']!;
    const withNoise = numbers['right at std 0.5, learnt with noise']!;
    // Over five seeds 0.115, with a standard deviation of 0.026; without an effect 0, with 0.022.
    expect(withNoise - without).toBeGreaterThan(0.04);
  });

  it('finds boxes in noisy scenes better', async () => {
    const { numbers } = await runRecipe('detection');
    const without = numbers['overlap at std 0.5, learnt without noise']!;
    const withNoise = numbers['overlap at std 0.5, learnt with noise']!;
    // Over five seeds 0.081, with a standard deviation of 0.008.
    expect(withNoise - without).toBeGreaterThan(0.04);
  });

  it('tells noisy tones better, and clips of speech get the ratios that were asked for', async () => {
    const { numbers } = await runRecipe('speech', { reads: 2 });
    const without = numbers['right at −5 dB, learnt without noise']!;
    const withNoise = numbers['right at −5 dB, learnt with noise']!;
    // Over five seeds 0.234, with a standard deviation of 0.049.
    expect(withNoise - without).toBeGreaterThan(0.1);
    // 28 errors, each normal: one in 5000 runs has one above 4.5.
    expect(numbers['largest error of a clip’s ratio, in standard errors']).toBeLessThan(4.5);
  });
});
