export type { TensorOptions, TensorRange, TensorRanges } from '../framework/tensors.js';
export { getDevice, sessionOptions } from './session.js';
export { createTensor, targets } from './tensors.js';
