export type { ReferenceArray } from './arrays.js';
export { createReferenceEngine, type ReferenceChain, type ReferenceEngine } from './engine.js';
export { floatAdd, floatClamp } from './float.js';
export { normalPair, normalPairFloat64 } from './normal.js';
export { philox4x32, type Words4 } from './philox.js';
