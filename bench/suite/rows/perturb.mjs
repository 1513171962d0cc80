// The weights of a model: 200 tensors from tens of elements to a twentieth of all.
import { loadAndStore } from '../kernel.mjs';
import { variants } from '../ours.mjs';

const TENSORS = 200;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

export const perturb = {
  name: 'perturb',
  title: `perturb ${TENSORS} f32 tensors of mixed sizes`,
  bytes: (elements) => ({ read: 4 * elements, written: 4 * elements }),
  async contestants(bench) {
    const { device, engine, library, elements } = bench;
    const list = [];
    for (const count of countsOf(elements)) {
      list.push({ buffer: await bench.buffer(4 * count), count });
    }
    const whole = { buffer: await bench.buffer(4 * elements), count: elements };
    const ops = [library.perturb({ std: 0.01, relative: 'weight' })];
    const chain = engine.chain(ops);
    const [exact] = variants(bench, ops, whole);
    const moved = async () => ({ record: await loadAndStore(device, whole.buffer, 4 * elements) });
    return [
      // Their outputs are not looked at: there are 200 of them.
      ...variants(bench, ops, list).map((each) => ({ ...each, open: () => blind(each) })),
      { name: 'load and store only', kind: 'limit', open: moved },
      { ...exact, name: 'all in one tensor', kind: 'unfused' },
      { name: 'a call for each tensor', kind: 'unfused', open: () => oneByOne(chain, list) },
    ];
  },
};

async function blind(contestant) {
  const { record } = await contestant.open();
  return { record };
}

async function oneByOne(chain, list) {
  await chain.ready();
  return {
    record(pass) {
      for (const target of list) chain.encode(pass, target);
    },
  };
}

/** Sizes spread evenly over 13 powers of two, mixed, and scaled to the wanted sum. */
export function countsOf(elements) {
  const weights = Array.from({ length: TENSORS }, (_, k) => 2 ** (13 * ((k * GOLDEN) % 1)));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => Math.max(1, Math.floor((weight / sum) * elements)));
}
