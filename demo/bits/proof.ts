import { affine, clip, hashWords, normal } from 'webgpu-noise';

/** What is run: each product is followed by a sum, which GPUs are tempted to compute in one rounding. */
export const OPS = [
  normal({ mean: 0.1, std: 0.37 }),
  affine({ scale: 1.7, shift: 0.3 }),
  clip({ min: -1.5, max: 2.5 }),
];

/** The same, to be read. */
export const CODE = `[
  normal({ mean: 0.1, std: 0.37 }),
  affine({ scale: 1.7, shift: 0.3 }),
  clip({ min: -1.5, max: 2.5 }),
]`;

export const SEED = 42;

/** Elements in all, in a block that has a hash of its own, and in a piece of a block. */
export const COUNT = 2 ** 24;
export const BLOCK = 2 ** 16;
export const PIECE = 2 ** 10;

export const BLOCKS = COUNT / BLOCK;

/** Where in the noise a block begins; each element draws one sample. */
export const placeOf = (block: number) => ({ seed: SEED, stream: 0, position: block * BLOCK });

/**
 * The hash of a block from those of its pieces. Pieces can be hashed side by side, as a GPU likes it,
 * though the hash itself goes word by word.
 */
export const blockHash = (pieces: Uint32Array) => hashWords(pieces);

/** The hash of everything from those of the blocks. */
export const wholeHash = (blocks: ArrayLike<number>) => hashWords(Uint32Array.from(blocks));

/** The hash of a block's elements, on the CPU. */
export function hashBlock(words: Uint32Array): number {
  const pieces = Array.from({ length: words.length / PIECE }, (_, piece) =>
    hashWords(words.subarray(piece * PIECE, (piece + 1) * PIECE)),
  );
  return blockHash(Uint32Array.from(pieces));
}

/** A hash as it is shown. */
export const hex = (hash: number) => hash.toString(16).padStart(8, '0');
