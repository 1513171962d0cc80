// Moments of a buffer: found on the GPU, or of what was read back. No noise is drawn, so there are no
// variants.
import { loadAndStore } from '../kernel.mjs';
import { peersFor } from '../peers.mjs';

export const measure = {
  name: 'measure',
  title: 'moments of f32',
  tasks: ['moments'],
  bytes: (elements) => ({ read: 4 * elements, written: 0 }),
  async contestants(bench) {
    const { device, engine, library, elements: count } = bench;
    const buffer = await bench.buffer(4 * count);
    engine.chain([library.normal()]).run({ buffer, count });
    const histogram = { bins: 64, min: -4, max: 4 };
    const run =
      (start) =>
      ({ name, kind }) => ({ name, kind, open: async () => ({ run: start }) });
    const moved = async () => ({ record: await loadAndStore(device, buffer, 4 * count) });
    return [
      run(() => engine.measure({ buffer, count }))({ name: 'measure', kind: 'ours' }),
      run(() => engine.measure({ buffer, count }, { histogram }))({
        name: 'measure with histogram',
        kind: 'ours',
      }),
      { name: 'load and store only', kind: 'limit', open: moved },
      run(async () => momentsOf(await engine.read({ buffer, count })))({
        name: 'read all, loop in JavaScript',
        kind: 'cpu',
      }),
      ...peersFor('moments', bench),
    ];
  },
};

/** Mean and the second to fourth central moments, in two passes as they must be. */
function momentsOf(values) {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let [second, third, fourth] = [0, 0, 0];
  for (const value of values) {
    const d = value - mean;
    const d2 = d * d;
    second += d2;
    third += d2 * d;
    fourth += d2 * d2;
  }
  return [mean, second, third, fourth].map((each) => each / values.length);
}
