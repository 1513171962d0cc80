import { type OpKind, opFields } from './op.js';

/** A source: the generator's 32-bit words; one sample per element, format `u32`. */
export interface BitsOp {
  readonly op: 'bits';
}

/**
 * Fills with the generator's raw words, each a whole number from 0 to 2^32 − 1: element i is lane
 * (position + i) & 3 of its block. Its chain holds nothing else, and has format 'u32'.
 */
export function bits(): BitsOp {
  return Object.freeze({ op: 'bits' });
}

export const bitsKind: OpKind<BitsOp> = {
  source: true,
  draws: () => 'bits',
  yields: 'words',
  check(op) {
    opFields('bits', op, []);
    return bits();
  },
  shader: () => 'bits',
  parameters: () => ({}),
  reference: () => (_, word) => word,
};
