// Standard normals into a buffer: the row that is plotted.
import { storeOnly } from '../kernel.mjs';
import { variants } from '../ours.mjs';
import { peersFor } from '../peers.mjs';

export const fill = {
  name: 'fill',
  title: 'fill f32 with normals',
  series: true,
  tasks: ['fill'],
  expected: { mean: 0, std: 1 },
  bytes: (elements) => ({ read: 0, written: 4 * elements }),
  contestants: async (bench) => [
    ...(await source(bench, bench.library.normal(), 'f32', 4)),
    ...peersFor('fill', { ...bench, target: await bench.buffer(4 * bench.elements) }),
  ],
};

export const fillHalves = {
  name: 'fill-f16',
  title: 'fill f16 with normals',
  bytes: (elements) => ({ read: 0, written: 2 * elements }),
  contestants: (bench) => source(bench, bench.library.normal(), 'f16', 2),
};

export const fillBytes = {
  name: 'fill-u8',
  title: 'fill u8 with normals of mean 128, std 40',
  bytes: (elements) => ({ read: 0, written: elements }),
  contestants: (bench) => source(bench, bench.library.normal({ mean: 128, std: 40 }), 'u8', 1),
};

/** A source in all variants, and the limit for it. */
export async function source(bench, op, format, bytesEach) {
  const { device, elements: count } = bench;
  const bytes = bytesEach * count;
  const buffer = await bench.buffer(bytes);
  const open = async () => ({ record: await storeOnly(device, buffer, bytes) });
  return [
    ...variants(bench, [op], { buffer, count }, { format }),
    { name: 'store only', kind: 'limit', open },
  ];
}
