import { isTyped, show } from './check.js';
import { clip } from './ops/clip.js';
import type { Op } from './ops/index.js';
import { laplace } from './ops/laplace.js';
import { noise } from './ops/noise.js';
import { normal } from './ops/normal.js';
import { perturb } from './ops/perturb.js';
import { poisson } from './ops/poisson.js';
import { truncatedNormal } from './ops/truncatedNormal.js';
import { uniform } from './ops/uniform.js';
import { uniformNoise } from './ops/uniformNoise.js';

/**
 * FNV-1a over 32-bit words instead of bytes: a short name for long data, to compare runs by.
 * http://www.isthe.com/chongo/tech/comp/fnv (offset basis 811c9dc5, prime 01000193).
 *
 * @param words such as `read` gives them in format 'u32'
 * @returns a whole number from 0 to 2^32 − 1
 * @throws {TypeError} when words is no Uint32Array: other numbers would be cut to words in silence
 */
export function hashWords(words: Uint32Array): number {
  if (!isTyped(words, Uint32Array)) {
    throw new TypeError(`hashWords: words must be a Uint32Array, got ${show(words)}`);
  }
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i]!, 0x01000193);
  return hash >>> 0;
}

/**
 * What `verify` runs on a device, f32 elements of `VERIFY_SHAPE` each: all exact math there is, with
 * every kind of product followed by a sum, where a compiler that fuses them would change bits.
 */
const verifyChains: readonly (readonly Op[])[] = [
  [
    normal({ mean: 0.1, std: 0.37 }),
    noise({ mean: 0.3, std: 1.7, channels: [0.9, 0.3, -0.2, 1.1] }),
    perturb({ std: 0.1, relative: 'weight' }),
    uniformNoise({ low: -3, high: 5 }),
    clip({ min: -6, max: 9 }),
  ],
  [uniform({ low: 0, high: 40 }), poisson(), laplace(), truncatedNormal()],
];

/**
 * Which chains run, one after the other, and where: the second time, the first chain's range ends within
 * 16 bytes, where kernels on hardware store words one by one.
 */
export const verifyRuns: readonly { readonly ops: readonly Op[]; readonly offset: number }[] = [
  { ops: verifyChains[0]!, offset: 0 },
  { ops: verifyChains[0]!, offset: 1 },
  { ops: verifyChains[1]!, offset: 0 },
];

export const VERIFY_SHAPE = [32768, 2];
export const VERIFY_SEED = 42n;

/** The hash of the runs' hashes that every device must give. */
export const VERIFY_HASH = 3977146983;
