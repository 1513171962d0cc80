/** Computes blocks of the proof: a GPU, or the CPU where there is none. */
export interface Prover {
  /** Who computes, for people. */
  readonly name: string;
  /** Blocks that are computed in one go. */
  readonly stride: number;
  /** The hashes of `stride` blocks from a block on. */
  hashes(first: number): Promise<number[]>;
  /** The elements of a block, as words. */
  words(block: number): Promise<Uint32Array>;
  destroy(): void;
}
