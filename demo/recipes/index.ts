import type { Recipe } from './recipe.js';

/** The seed that they are tested with. */
export const SEED = 1;

/** The recipes by the names of their files, in the order of the page. Each is loaded when it is run. */
export const recipes: { readonly [name: string]: Recipe } = {
  augmentation: {
    title: 'Augmentation of images',
    claim:
      'One submit adds noise to a batch of images, each with its own standard deviation, and the same noise to bytes and to floats: they differ by half a level at most.',
    load: () => import('./augmentation.js'),
  },
  preprocessing: {
    title: 'A stream of augmented batches',
    claim:
      'An augmenter of plain options changes the images of a stream of batches with probability ½ each, and keeps all pixels within 0 and 1.',
    load: () => import('./preprocessing.js'),
  },
  classification: {
    title: 'A classifier that learns with noise',
    claim:
      'A classifier of digits that learns with noise on its inputs tells noisy digits better than one that learns without.',
    load: () => import('./classification.js'),
  },
  detection: {
    title: 'Boxes around objects',
    claim:
      'A detector that learns with noise on its scenes finds boxes in noisy scenes better than one that learns without.',
    load: () => import('./detection.js'),
  },
  speech: {
    title: 'Speech and tones at a signal-to-noise ratio',
    claim:
      'Clips of speech get the ratios that were asked for, each its own, and a classifier that learns with such noise tells tones at −5 dB better than one that learns without.',
    load: () => import('./speech.js'),
  },
  denoising: {
    title: 'A denoising autoencoder',
    claim:
      'A network that learns to take fresh noise away raises the peak signal-to-noise ratio of digits that it has not seen.',
    load: () => import('./denoising.js'),
  },
  anomaly: {
    title: 'Detection of anomalies',
    claim:
      'What an autoencoder of clean digits repeats badly is noisy: the area under the curve grows from one half, without noise, towards one.',
    load: () => import('./anomaly.js'),
  },
  montecarlo: {
    title: 'Noise in your own shader',
    claim:
      'A kernel of one’s own that imports the library’s WGSL finds an integral over normals within four standard errors of its exact value.',
    load: () => import('./montecarlo.js'),
  },
};
