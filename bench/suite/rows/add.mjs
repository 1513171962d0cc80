// Noise added in place.
import { addInto, loadAndStore } from '../kernel.mjs';
import { variants } from '../ours.mjs';
import { peersFor } from '../peers.mjs';

const STD = 0.1;

export const add = {
  name: 'add',
  title: 'add noise to f32 in place',
  tasks: ['add'],
  expected: { mean: 0, std: STD },
  bytes: (elements) => ({ read: 4 * elements, written: 4 * elements }),
  async contestants(bench) {
    const { device, elements: count } = bench;
    const buffer = await bench.buffer(4 * count);
    const moved = async () => ({ record: await loadAndStore(device, buffer, 4 * count) });
    return [
      ...variants(bench, [bench.library.noise({ std: STD })], { buffer, count }),
      { name: 'load and store only', kind: 'limit', open: moved },
      { name: 'unfused: normals, then add', kind: 'unfused', open: () => unfused(bench, buffer) },
      ...peersFor('add', { ...bench, std: STD }),
    ];
  },
};

/** Normals into a buffer of their own, which a second kernel adds. */
async function unfused({ device, engine, library, elements: count, buffer: allocate }, buffer) {
  const scratch = await allocate(4 * count);
  const chain = engine.chain([library.normal({ std: STD })]);
  await chain.ready();
  const added = await addInto(device, buffer, scratch, 4 * count);
  return {
    record(pass) {
      chain.encode(pass, { buffer: scratch, count });
      added(pass);
    },
  };
}
