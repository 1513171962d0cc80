import { expect, it } from 'vitest';
import { testRecipes } from './harness.js';

const { runRecipe } = await testRecipes();

it('finds an integral by the noise of a kernel of its own', async () => {
  const { numbers } = await runRecipe('montecarlo', { reads: 4 });
  // Eight errors are normal and share nothing but the seed: one in two thousand runs has one above four.
  expect(numbers['largest error, in standard errors']).toBeLessThan(4);
});
