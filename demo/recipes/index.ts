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
  gan: {
    title: 'A generative adversarial network',
    claim:
      'Trained with instance noise that fades away, a network turns latents of noise into points all around a ring, on average within a fifth of its radius.',
    load: () => import('./gan.js'),
  },
  adversarial: {
    title: 'Training against attacks',
    claim:
      'A classifier of digits that is trained under noise and attack tells attacked digits better than one that is trained plainly.',
    load: () => import('./adversarial.js'),
  },
  weightNoise: {
    title: 'Weight noise as regularisation',
    claim:
      'A classifier that learns a hundred digits for long has a lower loss on digits that it has not seen when there is noise on its weights.',
    load: () => import('./weightNoise.js'),
  },
  uncertainty: {
    title: 'How sure a network is',
    claim:
      'Copies of a network with noise on their weights differ more about what it has never seen than about what it has learned.',
    load: () => import('./uncertainty.js'),
  },
  robust: {
    title: 'Robust optimisation',
    claim:
      'A plan found with noise at every step costs less when it is built inexactly than the plan that is best on paper.',
    load: () => import('./robust.js'),
  },
  zerothOrder: {
    title: 'Learning by forward passes',
    claim:
      'A classifier learns without a gradient, from noise that is drawn again instead of stored.',
    load: () => import('./zerothOrder.js'),
  },
  consistency: {
    title: 'Learning from few labels',
    claim:
      'A classifier with six labels gets better when it is to say the same of two noisy views of points without labels.',
    load: () => import('./consistency.js'),
  },
  fineTune: {
    title: 'Fine-tuning a layer under noise',
    claim:
      'A classifier whose first layer alone is trained on under noise tells noisy digits better than before.',
    load: () => import('./fineTune.js'),
  },
  reinforcement: {
    title: 'Noise on actions',
    claim:
      'A car learns to swing out of its valley from noise on its actions: never without noise, and by an Ornstein–Uhlenbeck process more surely than by white noise.',
    load: () => import('./reinforcement.js'),
  },
  diffusion: {
    title: 'The forward process of diffusion',
    claim:
      'Data taken to many times at once, a time for each row, are what the closed form says, and what as many small steps make of them.',
    load: () => import('./diffusion.js'),
  },
  privacy: {
    title: 'Differential privacy',
    claim:
      'With each sample’s gradient clipped and noise on their sum, a classifier learns nearly as well as without.',
    load: () => import('./privacy.js'),
  },
  onnx: {
    title: 'Noise around a model of ONNX Runtime',
    claim:
      'Noise on the buffers that a model reads and writes gives the scores that the CPU finds for the same noise.',
    load: () => import('./onnx.js'),
  },
};
