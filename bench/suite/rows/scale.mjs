// Whether an element costs the same in small and in large buffers. Here the sizes take turns.
import { chains } from '../ours.mjs';

/** Below, what a run costs whatever its size still shows. */
const LEAST = 2 ** 20;
const DEFAULT = [20, 22, 24].map((power) => 2 ** power);

export const scale = {
  name: 'scale',
  title: 'fill f32 with normals, sizes in turns',
  /** One contest, as large as the largest size. */
  sizes: (asked) => {
    const sizes = seriesOf(asked);
    return sizes.length > 1 ? [Math.max(...sizes)] : [];
  },
  bytes: (elements) => ({ read: 0, written: 4 * elements }),
  async contestants(bench) {
    const sizes = seriesOf(bench.asked);
    const { buffer, refused } = await largest(bench, sizes);
    const ops = [[bench.library.normal()]];
    return sizes.map((count) => ({
      name: `2^${Math.log2(count)}`,
      kind: 'ours',
      async open() {
        if (refused.has(count)) throw refused.get(count);
        const { record } = await chains(bench, ops, { buffer, count }).open();
        return { record, facts: () => ({ elements: count }) };
      },
    }));
  },
};

/** The largest buffer that the device gives, and why it did not give larger ones. */
async function largest(bench, sizes) {
  const refused = new Map();
  for (const count of sizes.toSorted((a, b) => b - a)) {
    try {
      return { buffer: await bench.buffer(4 * count), refused };
    } catch (error) {
      refused.set(count, error);
    }
  }
  return { refused };
}

function seriesOf(asked = DEFAULT) {
  return asked.filter((size) => size >= LEAST);
}
