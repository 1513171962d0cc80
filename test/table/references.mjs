const { fround } = Math;

/** What the table's `custom` ops compute on the CPU, by the names that they have there. */
export const references = {
  /** What is below x + shift, in steps of a power of two. */
  stairs: (x, _, shift, step) => step * Math.floor(fround(x + shift)),

  /** x + amount·z²; as all sums do, it leaves what is infinite or NaN. */
  chiSquare: (x, z, amount) =>
    Number.isFinite(x) ? fround(x + fround(fround(amount * z) * z)) : x,

  /** x or −x. */
  coin: (x, word) => (word & 1 ? -x : x),
};
