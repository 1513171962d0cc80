import {
  affine,
  bits,
  clip,
  clipNorm,
  diffuse,
  dropout,
  gaussianDropout,
  laplace,
  noise,
  normal,
  perAxis,
  perturb,
  poisson,
  saltPepper,
  snr,
  speckle,
  truncatedNormal,
  uniform,
  uniformNoise,
} from 'webgpu-noise';
import { allFormats, someMatrix, textureKinds } from '../kernels.js';
import type { BufferRun, Group, NamedOp, Row, TextureRun } from './check.mjs';

const FIRST = { seed: '0', stream: '0' };
const OTHER = { seed: '42', stream: '7' };
const SPREAD = { seed: String(0x0123456789abcdefn), stream: String(2n ** 32n) };
const LAST = { seed: String(2n ** 64n - 1n), stream: String(2n ** 64n - 1n) };

/**
 * Runs on `samples` before and after the places at which something carries or wraps: a position's words at
 * 2^32 and 2^64, its block's at 2^34, all of it at 2^66. Each draw of a run is at another place, so
 * that some are across it and some are beside it.
 */
const before = (power: bigint, samples: bigint) => String(2n ** power - samples);

/** Elements of [n, 3, m], odd and even in number, and at every place in a word. */
const inThrees: readonly BufferRun[] = [
  { ...FIRST, position: '0', offset: 0, shape: [4, 3, 32] },
  { ...OTHER, position: '0', offset: 1, shape: [1, 3, 1] },
  { ...OTHER, position: '5', offset: 1, shape: [5, 3, 7] },
  { ...SPREAD, position: before(32n, 50n), offset: 2, shape: [2, 3, 20] },
  { ...FIRST, position: before(34n, 128n), offset: 0, shape: [4, 3, 32] },
  { ...OTHER, position: before(34n, 77n), offset: 3, shape: [7, 3, 9] },
  { ...LAST, position: before(63n, 51n), offset: 5, shape: [3, 3, 11] },
  { ...SPREAD, position: before(64n, 30n), offset: 0, shape: [2, 3, 10] },
  { ...LAST, position: before(66n, 57n), offset: 1, shape: [5, 3, 13] },
  { ...SPREAD, position: '1000003', offset: 0, shape: [1, 3, 683] },
];

/** Elements of [2, n, 4], for matrices of 2×2 and 4×4. */
const inFours: readonly BufferRun[] = [
  { ...FIRST, position: '0', offset: 0, shape: [2, 16, 4] },
  { ...OTHER, position: '3', offset: 1, shape: [2, 7, 4] },
  { ...SPREAD, position: before(34n, 30n), offset: 2, shape: [2, 9, 4] },
  { ...LAST, position: before(66n, 57n), offset: 3, shape: [2, 11, 4] },
];

/** Textures of odd and even sizes, and parts of some. */
const inPixels: readonly TextureRun[] = [
  { ...FIRST, position: '0', size: [32, 8], alpha: false },
  { ...OTHER, position: '3', size: [7, 5], alpha: true },
  { ...OTHER, position: '5', size: [1, 1], alpha: false },
  {
    ...SPREAD,
    ...{ position: before(32n, 50n), size: [13, 4], alpha: false, part: { mipLevel: 1, layer: 2 } },
  },
  { ...FIRST, position: before(34n, 128n), size: [16, 9], alpha: false },
  {
    ...OTHER,
    ...{ position: before(34n, 77n), size: [9, 7], alpha: true, part: { mipLevel: 2, layer: 0 } },
  },
  { ...SPREAD, position: before(64n, 30n), size: [5, 4], alpha: true },
  {
    ...LAST,
    ...{ position: before(66n, 57n), size: [11, 5], alpha: false, part: { mipLevel: 0, layer: 1 } },
  },
  { ...SPREAD, position: '1000003', size: [257, 3], alpha: false },
];

/** Steps of one's own: of what is there alone, with normals, with words. */
const stairs: NamedOp = {
  op: 'custom',
  wgsl: 'return step * floor(float_add(x, shift));',
  reference: 'stairs',
  draws: 'nothing',
  parameters: { shift: perAxis(1, [0.5, -3, 100]), step: 0.5 },
};
const chiSquare = {
  op: 'custom',
  wgsl: 'return float_add(x, barrier_quad(barrier_quad(amount * z) * z));',
  reference: 'chiSquare',
  draws: 'normal',
} as const;
const coin = {
  op: 'custom',
  wgsl: 'return bitcast<vec4f>(bitcast<vec4u>(x) ^ ((words & vec4u(1u)) << vec4u(31u)));',
  reference: 'coin',
  draws: 'bits',
  parameters: {},
} as const;

/** Chains on numbers by name; between them they hold every op. */
const threes: { readonly [name: string]: readonly NamedOp[] } = {
  normal: [normal()],
  'normal, scaled': [normal({ mean: 0.1, std: 37 })],
  uniform: [uniform({ low: -300, high: 300 })],
  noise: [noise({ mean: 0.3, std: 50 })],
  uniformNoise: [uniformNoise({ low: -3, high: 50 })],
  laplace: [laplace({ mean: 0.1, scale: 30 })],
  truncatedNormal: [truncatedNormal({ mean: 1, std: 20 })],
  'truncatedNormal, tail': [truncatedNormal({ std: 9, low: 5, high: 6 })],
  poisson: [poisson({ scale: 0.3 })],
  'uniform + poisson': [uniform({ low: 0, high: 60 }), poisson()],
  speckle: [speckle({ mean: 0.1, std: 0.5 })],
  saltPepper: [saltPepper({ p: 0.3, ratio: 0.2, high: 200 })],
  dropout: [dropout({ rate: 0.3 })],
  gaussianDropout: [gaussianDropout({ rate: 0.3 })],
  diffuse: [diffuse({ a: 0.8, b: 60 })],
  affine: [affine({ scale: -1.7, shift: 3 })],
  clip: [clip({ min: -4, max: 99 })],
  clipNorm: [clipNorm({ max: 100 })],
  'clipNorm, axis': [clipNorm({ max: 100, axis: [0, 2] })],
  snr: [snr({ db: 3 })],
  'snr, axis': [snr({ db: perAxis(1, [3, 0, 9]), axis: 1 })],
  perturb: [perturb({ std: 20, sign: -1 })],
  'perturb, weight': [perturb({ std: 0.5, relative: 'weight' })],
  'perturb, rms': [perturb({ std: 0.5, relative: 'rms' })],
  'noise + clip': [noise({ std: 50 }), clip({ min: 0, max: 255 })],
  'a long chain': [
    uniform({ low: -100, high: 200 }),
    noise({ std: 9 }),
    affine({ scale: 1.1, shift: -3 }),
    speckle({ std: 0.1 }),
    perturb({ std: 0.1, relative: 'weight' }),
    clip({ min: -128, max: 250 }),
  ],
  'a cut chain': [
    noise({ std: 3 }),
    snr({ db: 6 }),
    clipNorm({ max: 900, axis: 1 }),
    noise({ std: 2 }),
  ],
  'noise, perAxis': [noise({ mean: perAxis(1, [10, 20, -30]), std: perAxis(1, [5, 0, 90]) })],
  'clip, perAxis': [clip({ min: perAxis(1, [-1, 0, 9]), max: 99 })],
  'noise, share': [noise({ std: 50, share: [1] })],
  'noise, share batch': [noise({ std: 50, share: [0] })],
  'dropout, share': [dropout({ rate: 0.5, share: [1, 2] })],
  'noise, apply': [noise({ std: 50, apply: { p: 0.4 } })],
  'noise, apply axis': [noise({ std: 50, apply: { p: 0.5, axis: 1 } })],
  'poisson, share, apply': [poisson({ share: [2], apply: { p: 0.7, axis: 0 } })],
  'noise, channels': [noise({ std: 50, channels: { matrix: someMatrix(3), axis: 1 } })],
  'noise, channels, share, apply': [
    noise({
      std: perAxis(1, [9, 50, 30]),
      channels: { matrix: someMatrix(3), axis: 1 },
      share: [0],
      apply: { p: 0.6, axis: 1 },
    }),
  ],
  'custom, no draws': [stairs],
  'custom, normals': [{ ...chiSquare, parameters: { amount: perAxis(1, [20, 5, -9]) } }],
  'custom, words': [coin],
  'a chain with custom': [
    uniform({ low: -20, high: 200 }),
    { ...coin, share: [2] },
    { ...chiSquare, parameters: { amount: 7 }, apply: { p: 0.5, axis: 1 } },
    stairs,
  ],
};

const fours: { readonly [name: string]: readonly NamedOp[] } = {
  'normal, 2 channels': [normal({ std: 50, channels: { matrix: someMatrix(2), axis: 0 } })],
  'diffuse, 4 channels': [diffuse({ a: 0.7, b: 60, channels: someMatrix(4) })],
};

/** On pixels: one that fills and one that reads, since kernels on textures take long to compile. */
const pixels: { readonly [name: string]: readonly NamedOp[] } = {
  normal: [normal({ mean: 0.5, std: 0.3 })],
  'noise + clip': [noise({ std: 50 }), clip({ min: 0, max: 255 })],
};

type Unhashed = Omit<Row, 'hashes'> & { readonly columns: readonly string[] };

/** Every format of numbers, with every rounding where it has one. */
const columns = allFormats.map(({ format, rounding }) =>
  [format, rounding].filter(Boolean).join(' '),
);

const rowsOf = (chains: { readonly [name: string]: readonly NamedOp[] }): Unhashed[] =>
  Object.entries(chains).map(([name, ops]) => ({ name, ops, columns }));

/** Each chain on textures of each format, in the formats of numbers that go with it. */
const textureRows = [...new Set(textureKinds.map(([texture]) => texture))].flatMap((texture) => {
  const formats = textureKinds.filter(([each]) => each === texture).map(([, format]) => format);
  return Object.entries(pixels).map(([name, ops]) => {
    return { name: `${name}, ${texture}`, texture, ops, columns: formats };
  });
});

/** The table before its hashes are computed. */
export const groups: readonly (Omit<Group, 'rows'> & { readonly rows: readonly Unhashed[] })[] = [
  {
    runs: inThrees,
    rows: [
      { name: 'bits', ops: [bits()], columns: ['u32'] },
      { name: 'bits, 7 rounds', ops: [bits()], rounds: 7, columns: ['u32'] },
      ...rowsOf(threes),
      { name: 'noise, 7 rounds', ops: [noise({ std: 50 })], rounds: 7, columns },
    ],
  },
  { runs: inFours, rows: rowsOf(fours) },
  { runs: inPixels, rows: textureRows },
];
