// Noise and clip in place: clip(x + randn·std, min, max).
import { loadAndStore } from '../kernel.mjs';
import { chains, variants } from '../ours.mjs';
import { peersFor } from '../peers.mjs';

const STD = 0.1;

export const clip = {
  name: 'clip',
  title: 'add noise to f32 and clip in place',
  tasks: ['clip'],
  expected: rectified(STD),
  bytes: (elements) => ({ read: 4 * elements, written: 4 * elements }),
  async contestants(bench) {
    const { noise, clip } = bench.library;
    const ops = [noise({ std: STD }), clip({ min: 0, max: 1 })];
    return [
      ...(await inPlace(bench, ops, 'f32', 4)),
      ...peersFor('clip', { ...bench, std: STD, min: 0, max: 1 }),
    ];
  },
};

export const clipBytes = {
  name: 'clip-u8',
  title: 'add noise to u8 and clip in place',
  bytes: (elements) => ({ read: elements, written: elements }),
  contestants(bench) {
    const { noise, clip } = bench.library;
    return inPlace(bench, [noise({ std: 50 }), clip({ min: 0, max: 255 })], 'u8', 1);
  },
};

/** A chain in all variants, the limit for it, and one kernel per op instead. */
export async function inPlace(bench, ops, format, bytesEach) {
  const { device, elements: count } = bench;
  const bytes = bytesEach * count;
  const buffer = await bench.buffer(bytes);
  const target = { buffer, count };
  const each = ops.map((op) => [op]);
  const open = async () => ({ record: await loadAndStore(device, buffer, bytes) });
  return [
    ...variants(bench, ops, target, { format }),
    { name: 'load and store only', kind: 'limit', open },
    { ...chains(bench, each, target, { format }), name: 'unfused: a kernel each', kind: 'unfused' },
  ];
}

/** Moments of max(z·std, 0): half of it is 0. That min(…, 1) cuts off at 10 std counts for nothing. */
function rectified(std) {
  const mean = std / Math.sqrt(2 * Math.PI);
  return { mean, std: Math.sqrt(std ** 2 / 2 - mean ** 2) };
}
