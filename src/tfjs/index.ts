export type { TensorRange, TensorRanges } from '../framework/tensors.js';
export { getDevice, setDevice } from './backend.js';
export {
  type GaussianNoiseOptions,
  gaussianNoise,
  registerGaussianNoise,
} from './gaussianNoise.js';
export { type RandomNormalOptions, randomNormal } from './randomNormal.js';
export { targets } from './targets.js';
