import type { Recipe } from './recipe.js';

/** The seed that they are tested with. */
export const SEED = 1;

/** The recipes by the names of their files, in the order of the page. Each is loaded when it is run. */
export const recipes: { readonly [name: string]: Recipe } = {
  montecarlo: {
    title: 'Noise in your own shader',
    claim:
      'A kernel of one’s own that imports the library’s WGSL finds an integral over normals within four standard errors of its exact value.',
    load: () => import('./montecarlo.js'),
  },
};
