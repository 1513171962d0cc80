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

const [LEAST, LARGEST, INFINITY, NAN, ONE] = [1, 0x7f7fffff, 0x7f800000, 0x7f800001, 0x3f800000];
const SIGN = 0x80000000;

/** Bits of what stands among other numbers of a group. */
const inGroups = [
  [INFINITY],
  [INFINITY + SIGN],
  [INFINITY, INFINITY + SIGN],
  [NAN],
  [NAN, NAN, NAN],
  [NAN + SIGN],
  [INFINITY, NAN],
  [LARGEST, LARGEST + SIGN],
  [LEAST, LEAST + SIGN],
  [0, SIGN],
  [0, 0, 0],
  [0x73c00000, 0], // 1.5 * 2^104
  [0x74400000, 0], // 1.5 * 2^105
];

/** Groups of six numbers, with infinities, with NaNs, and with what is nearly that. */
export const edgeGroups = {
  shape: [inGroups.length, 6],
  numbers: () => {
    const words = inGroups.flatMap((bits) =>
      Array.from({ length: 6 }, (_, i) => bits[i % 3] ?? ONE + i),
    );
    return new Float32Array(Uint32Array.from(words).buffer);
  },
};
