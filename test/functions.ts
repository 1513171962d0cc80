import { exponential } from '../src/reference/exponential.js';
import { bitsOf, ofBits } from '../src/reference/float.js';
import { logarithm } from '../src/reference/logarithm.js';
import { normalPair } from '../src/reference/normal.js';
import { poissonCount } from '../src/reference/poisson.js';
import { rootInverse } from '../src/reference/root.js';
import { tailLogarithm, tailQuantile } from '../src/reference/tail.js';
import { truncatedBetween } from '../src/reference/truncated.js';
import { unitBetween } from '../src/reference/unit.js';

/** A function of a word, or of the float with its bits, with the hash of what it gives for many. */
export interface SpecifiedFunction {
  readonly name: string;
  readonly reference: (word: number) => number;
  /** Files of shaders/, and the function in them of the four words `w`, which are the floats `x`. */
  readonly files: readonly string[];
  readonly wgsl: string;
  /** What it is computed for: count words, a multiple of 4, from the first on, a step apart. */
  readonly first: number;
  readonly step: number;
  readonly count: number;
  /** Of all results' bits, by `hashWords`: it changes with any of them. */
  readonly hash: number;
}

type Hashed = Pick<SpecifiedFunction, 'name' | 'wgsl' | 'hash'>;

/** A function of floats from one to another, every step-th. */
function ofFloats(
  file: string,
  reference: (x: number) => number,
  [from, to, step]: readonly [from: number, to: number, step: number],
  hashed: Hashed,
): SpecifiedFunction {
  const first = bitsOf(from);
  const count = 4 * Math.floor((bitsOf(to) - first) / step / 4);
  const files = ['barrier', file];
  return { ...hashed, files, reference: (word) => reference(ofBits(word)), first, step, count };
}

/** A function of words, every step-th of all. */
function ofWords(
  file: string,
  reference: (word: number) => number,
  step: number,
  hashed: Hashed,
): SpecifiedFunction {
  const count = 4 * Math.floor(2 ** 32 / step / 4);
  return { ...hashed, files: ['barrier', file], reference, first: 0, step, count };
}

/** Another random word with each. */
const other = (word: number) => Math.imul(word, 0x9e3779b9) >>> 0;

const truncated = (low: number, high: number, hash: number) =>
  ofWords('lib/truncated', (word) => truncatedBetween(word, low, high), 2 ** 15 - 1, {
    name: `a normal number from ${low} to ${high}`,
    wgsl: `truncated_between(w, vec4f(${low}), vec4f(${high}))`,
    hash,
  });

/** The words around the one whose normal number is 0. */
const middle = { first: 2 ** 31 - 1000, step: 1, count: 2000 };

const searched = (rate: number, hash: number) =>
  ofWords('lib/poisson/search', (word) => poissonCount(word, rate), 2 ** 14 - 1, {
    name: `a count at rate ${rate}`,
    wgsl: `poisson_search(w, vec4f(${rate}))`,
    hash,
  });

const expanded = (rate: number, hash: number) =>
  ofWords('lib/poisson/normal', (word) => poissonCount(word, rate), 2 ** 14 - 1, {
    name: `a count at rate ${rate}`,
    wgsl: `poisson_from_normal(w, vec4f(${rate}))`,
    hash,
  });

/** What the formulas of shaders/lib and src/reference are made of. */
export const functions: readonly SpecifiedFunction[] = [
  ofFloats('lib/root', rootInverse, [1, 4, 3], {
    name: '1 / √x',
    wgsl: 'root_inverse(x)',
    hash: 0x6683b62f,
  }),
  ofFloats('lib/logarithm', (x) => logarithm(x, Math.fround(1 - x)), [0.25, 1, 3], {
    name: '−ln x',
    wgsl: 'logarithm_quad(x, barrier_quad(1.0 - x))',
    hash: 0x4e6be65f,
  }),
  ofFloats('lib/logarithm', (x) => logarithm(x, 1), [2 ** -100, 0.25, 1023], {
    name: '−ln x of small x',
    wgsl: 'logarithm_quad(x, vec4f(1.0))',
    hash: 0x10f97dd1,
  }),
  ofFloats('lib/logarithm', (x) => logarithm(x, 1), [0.173, 0.174, 1], {
    name: '−ln x of any x from 0.173 to 0.174',
    wgsl: 'logarithm_quad(x, vec4f(1.0))',
    hash: 0x6fcfa2f2,
  }),
  ofFloats('lib/logarithm', (x) => logarithm(x, 1), [2 ** -90, 2 ** -90 * 1.01, 1], {
    name: '−ln x of any x from 2^-90 to 1.01·2^-90',
    wgsl: 'logarithm_quad(x, vec4f(1.0))',
    hash: 0x5fdf6cee,
  }),
  ofFloats('lib/exponential', (x) => exponential(x).power, [2 ** -26, 128, 255], {
    name: 'e^−x',
    wgsl: 'exponential_quad(x).power',
    hash: 0x0798ea48,
  }),
  ofFloats('lib/exponential', (x) => exponential(x).power, [24, 34, 1], {
    name: 'e^−x of any x from 24 to 34',
    wgsl: 'exponential_quad(x).power',
    hash: 0xf5c4d4d8,
  }),
  ofFloats('lib/exponential', (x) => exponential(x).power, [20.44, 20.45, 1], {
    name: 'e^−x of any x from 20.44 to 20.45',
    wgsl: 'exponential_quad(x).power',
    hash: 0x14ddbe09,
  }),
  ofFloats('lib/exponential', (x) => exponential(x).rest, [0.34, 0.35, 1], {
    name: '1 − e^−x of any x around ½·ln 2',
    wgsl: 'exponential_quad(x).rest',
    hash: 0x27a909ea,
  }),
  ofFloats('lib/exponential', (x) => exponential(x).rest, [2 ** -26, 128, 255], {
    name: '1 − e^−x',
    wgsl: 'exponential_quad(x).rest',
    hash: 0xc45d7480,
  }),
  ofFloats('lib/tail', tailLogarithm, [2 ** -6, 16, 31], {
    name: '−ln Q(x)',
    wgsl: 'tail_logarithm(x)',
    hash: 0x3263916e,
  }),
  ofFloats('lib/tail', tailQuantile, [Math.fround(Math.LN2), 102, 31], {
    name: 'z with −ln Q(z) = x',
    wgsl: 'tail_quantile(x)',
    hash: 0x0de40626,
  }),
  ofFloats('lib/tail', tailLogarithm, [3.99, 4.01, 1], {
    name: '−ln Q(x) of any x around 4',
    wgsl: 'tail_logarithm(x)',
    hash: 0x1492d97e,
  }),
  ofFloats('lib/tail', tailQuantile, [7.4, 7.5, 1], {
    name: 'z with −ln Q(z) = x of any x around 7.4375',
    wgsl: 'tail_quantile(x)',
    hash: 0xbda18a97,
  }),
  ofWords('lib/normal/exact', (word) => normalPair(word, other(word))[0], 2 ** 11 - 1, {
    name: 'the first of a pair of normals',
    wgsl: 'vec4f(normal_pairs(vec4u(w.x, v.x, w.y, v.y)).xz, normal_pairs(vec4u(w.z, v.z, w.w, v.w)).xz)',
    hash: 0x7f2af974,
  }),
  ofWords('lib/normal/exact', (word) => normalPair(word, other(word))[1], 2 ** 11 - 1, {
    name: 'the second of a pair of normals',
    wgsl: 'vec4f(normal_pairs(vec4u(w.x, v.x, w.y, v.y)).yw, normal_pairs(vec4u(w.z, v.z, w.w, v.w)).yw)',
    hash: 0xda8f07b1,
  }),
  {
    name: '1 / k of counts k from 4 to 63',
    files: ['barrier', 'lib/reciprocal'],
    reference: (count) => Math.fround(1 / count),
    wgsl: 'vec4f(reciprocal(w.x), reciprocal(w.y), reciprocal(w.z), reciprocal(w.w))',
    ...{ first: 4, step: 1, count: 60, hash: 0x06ce6e5c },
  },
  truncated(-2, 2, 0x23f4fb63),
  { ...truncated(-2, 2, 0xb885a845), ...middle, name: 'a normal number near 0' },
  truncated(-9, -1, 0x383dcdc9),
  truncated(-1.625, -0.125, 0xab32a927),
  truncated(-3, 0, 0xfc4caefc),
  truncated(0, 3, 0xa10ddb16),
  truncated(-1, 2 ** -21, 0x7c8d5290),
  truncated(0.125, 1.625, 0xdb9eeac5),
  truncated(5, 6, 0x132fca07),
  ofWords(
    'lib/unit',
    (word) => unitBetween(word, Math.fround(0.1), Math.fround(0.7)),
    2 ** 13 - 1,
    {
      name: 'a number from 0.1 to 0.7',
      wgsl: 'unit_between(w, vec4f(0.1), vec4f(0.7))',
      hash: 0x179ac4d3,
    },
  ),
  ofWords(
    'lib/unit',
    (word) => unitBetween(word, Math.fround(-0.3), Math.fround(1000.1)),
    2 ** 13 - 1,
    {
      name: 'a number from −0.3 to 1000.1',
      wgsl: 'unit_between(w, vec4f(-0.3), vec4f(1000.1))',
      hash: 0xc1b7a9ef,
    },
  ),
  searched(0.7, 0x5ef91905),
  searched(15.875, 0x8e851905),
  expanded(16, 0x22411905),
  expanded(1000.25, 0x2e10d905),
];

const rates = [0.001, 0.1, 0.7, 1.7, 3.3, 5.9, 9.7, 13.1, 15.875, 16, 17.3, 40.7, 99.9, 1000.25];

/** The words at which counts change, and those before them, each with its rate. */
export function poissonEdges(): readonly (readonly [word: number, rate: number])[] {
  return rates.map(Math.fround).flatMap((rate) => {
    const edges: [number, number][] = [];
    const least = poissonCount(0, rate);
    for (let count = least; count < least + 48; count++) {
      const word = firstBeyond(count, rate);
      if (word < 2 ** 32) edges.push([word, rate], [word - 1, rate]);
    }
    return edges;
  });
}

/** The first word that gives more than a count, or 2^32: counts grow with the word. */
export function firstBeyond(count: number, rate: number): number {
  let [low, high] = [0, 2 ** 32];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (poissonCount(middle, rate) > count) high = middle;
    else low = middle + 1;
  }
  return low;
}
