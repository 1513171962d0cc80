// Longer chains: what fusing saves, and what eight ops cost beside the most expensive one of them.
import { chains } from '../ours.mjs';
import { inPlace } from './clip.mjs';

export const chain4 = {
  name: 'chain4',
  title: 'a chain of 4 ops on f32 in place',
  bytes: (elements) => ({ read: 4 * elements, written: 4 * elements }),
  contestants: (bench) => inPlace(bench, ops(bench.library).slice(0, 4), 'f32', 4),
};

export const chain8 = {
  name: 'chain8',
  title: 'a chain of 8 ops on f32 in place',
  bytes: (elements) => ({ read: 4 * elements, written: 4 * elements }),
  async contestants(bench) {
    const all = ops(bench.library);
    const target = { buffer: await bench.buffer(4 * bench.elements), count: bench.elements };
    const kinds = [...new Set(all.map(({ op }) => op))];
    return [
      ...(await inPlace(bench, all, 'f32', 4)),
      ...kinds.map((kind) => ({
        ...chains(bench, [[all.find(({ op }) => op === kind)]], target),
        name: `${kind} alone`,
        kind: 'unfused',
      })),
    ];
  },
};

/** What is done to a picture of 0 to 255 before a network sees it. */
function ops({ affine, clip, noise }) {
  return [
    affine({ scale: 1 / 255 }),
    noise({ std: 0.1 }),
    clip({ min: 0, max: 1 }),
    affine({ scale: 1.2, shift: -0.1 }), // contrast
    clip({ min: 0, max: 1 }),
    affine({ scale: -1, shift: 1 }), // negative
    clip({ min: 0.05, max: 0.95 }),
    affine({ scale: 2, shift: -1 }), // to [-1, 1]
  ];
}
