/** Words at which arithmetic may go wrong: the ends, the middle, every power of two and beside it. */
export const edgeWords: readonly number[] = [
  ...new Set(
    [0, 2 ** 32, ...Array.from({ length: 32 }, (_, bit) => 2 ** bit)].flatMap((word) =>
      [word - 1, word, word + 1].filter((near) => near >= 0 && near < 2 ** 32),
    ),
  ),
];

/** Every edge word as radius word with every edge word as angle word. */
export const edgePairs = Uint32Array.from(
  edgeWords.flatMap((w0) => edgeWords.flatMap((w1) => [w0, w1])),
);
