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
    const buffer = await bench.buffer(4 * bench.elements);
    const ops = [[bench.library.normal()]];
    return seriesOf(bench.asked).map((count) => ({
      name: `2^${Math.log2(count)}`,
      kind: 'ours',
      async open() {
        const { record } = await chains(bench, ops, { buffer, count }).open();
        return { record, facts: () => ({ elements: count }) };
      },
    }));
  },
};

function seriesOf(asked = DEFAULT) {
  return asked.filter((size) => size >= LEAST);
}
