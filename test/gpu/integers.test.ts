import { describe, expect, it } from 'vitest';
import { exponentOf, fixedOf } from '../../src/reference/fixed.js';
import { ofBits } from '../../src/reference/float.js';
import { expectSameBits } from '../bits.js';
import { edgeWords } from '../edges.js';
import { testDevice } from './device.js';
import { integersOf } from './words.js';

const { device } = await testDevice();

const MASK = 2n ** 32n - 1n;
const wordsOf = (value: bigint, count: number) =>
  Array.from({ length: count }, (_, i) => Number((value >> BigInt(32 * i)) & MASK));
const joined = (...words: number[]) =>
  words.reduce((sum, word, i) => sum + (BigInt(word) << BigInt(32 * i)), 0n);

/**
 * Four words for a and four for b, so many times: edge words and others, in no order. Where a word of b is
 * what a's lacks of 2^32 - 1, a carry goes through both.
 */
const ITEMS = 2 ** 14;
const inputs = Uint32Array.from({ length: 8 * ITEMS }, (_, i) => {
  const mixed = Math.imul(i + 1, 0x9e3779b9) ^ Math.imul(i >>> 3, 0x85ebca6b);
  const word = (mixed ^ (mixed >>> 15)) >>> 0;
  return word % 3 === 0 ? word : edgeWords[word % edgeWords.length]!;
});
for (let i = 0; i < inputs.length; i++) {
  if ((i & 4) !== 0 && Math.imul(i, 0xc2b2ae35) >>> 30 === 0) inputs[i] = ~inputs[i - 4]!;
}

/** What a function gives for each of the inputs, by integers of any length. */
function expected(of: (a: number[], b: number[]) => number[]): Uint32Array {
  const all = new Uint32Array(4 * ITEMS);
  for (let i = 0; i < ITEMS; i++) {
    const words = [...inputs.subarray(8 * i, 8 * i + 8)];
    all.set(of(words.slice(0, 4), words.slice(4)), 4 * i);
  }
  return all;
}

/** Roots that are known: f and, beside it, a and b with f²·a ≤ b < (f + 1)²·a. */
const rooted = ([x, y]: number[], [f, r]: number[]) => {
  const a = joined((x! | 1) >>> 0, y!);
  const root = BigInt(f! % 2 ** 25);
  return { a, root, b: root * root * a + ((2n * root + 1n) * a * BigInt(r!)) / 2n ** 32n };
};

describe('integers of many words on the GPU', () => {
  it.each<[string, string, (a: number[], b: number[]) => number[]]>([
    [
      'the product of two',
      'vec4u(wide_multiply(a.x, b.x), 0u, 0u)',
      ([x], [y]) => wordsOf(joined(x!) * joined(y!), 4),
    ],
    [
      'the product of three words and one',
      'wide_times(vec4u(a.xyz, 0u), b.x)',
      ([x, y, z], [m]) => wordsOf(joined(x!, y!, z!) * joined(m!), 4),
    ],
    [
      'the product of two words and one',
      'vec4u(wide_times_2(a.xy, b.x), 0u)',
      ([x, y], [m]) => wordsOf(joined(x!, y!) * joined(m!), 4),
    ],
    [
      'a sum, its lower words',
      'wide_add(Wide(a, 7u), b).low',
      (a, b) => wordsOf(joined(...a) + joined(...b), 4),
    ],
    [
      'a sum, its upper word',
      'vec4u(wide_add(Wide(a, 7u), b).high)',
      (a, b) => Array(4).fill(7 + Number((joined(...a) + joined(...b)) >> 128n)),
    ],
    [
      'what a sum of a word carries on',
      'vec4u(wide_carry(a.x, b.x, a.y & 1u), wide_carry(a.x, 0xffffffffu, a.y & 1u), 0u, 0u)',
      ([old, y], [word]) => [
        Number((joined(old!) + joined(word!) + joined(y! & 1)) >> 32n),
        Number((joined(old!) + joined(0xffffffff) + joined(y! & 1)) >> 32n),
        0,
        0,
      ],
    ],
    [
      'a number of f32 as a multiple of what its scale says',
      'vec4u(fixed_of(a.x & 0xff7fffffu, max(fixed_exponent(a.x & 0xff7fffffu), 1u + b.x % 254u)), 0u, 0u)',
      ([x], [y]) => {
        const number = ofBits(x! & 0xff7fffff);
        const scale = Math.max(exponentOf(number), 1 + (y! % 254));
        return [...wordsOf(BigInt.asUintN(64, fixedOf(number, scale)), 2), 0, 0];
      },
    ],
    [
      'a difference of two words',
      'vec4u(fixed_minus(a.xy, b.xy), 0u, 0u)',
      ([x, y], [z, w]) => [
        ...wordsOf(BigInt.asUintN(64, joined(x!, y!) - joined(z!, w!)), 2),
        0,
        0,
      ],
    ],
    [
      'a shift of two words',
      'vec4u(fixed_shift(a.xy, b.x & 63u), 0u, 0u)',
      ([x, y], [up]) => wordsOf(BigInt.asUintN(64, joined(x!, y!) << BigInt(up! & 63)), 4),
    ],
    [
      'the zeros before two words',
      'vec4u(fixed_leading_zeros(a.xy & select(vec2u(0u), vec2u(0xffffffffu), b.xy > vec2u(5u))))',
      ([x, y], [z, w]) => {
        const value = joined(z! > 5 ? x! : 0, w! > 5 ? y! : 0);
        return Array(4).fill(value === 0n ? 64 : 64 - value.toString(2).length);
      },
    ],
  ])('have the right words: %s', async (_, wgsl, of) => {
    expectSameBits(await integersOf(device, wgsl, inputs), expected(of));
  });

  it('have the right roots of their quotients', async () => {
    const given = new Uint32Array(8 * ITEMS);
    const roots = new Uint32Array(4 * ITEMS);
    for (let i = 0; i < ITEMS; i++) {
      const words = [...inputs.subarray(8 * i, 8 * i + 8)];
      const { a, b, root } = rooted(words.slice(0, 4), words.slice(4));
      given.set([...wordsOf(a, 4), ...wordsOf(b, 4)], 8 * i);
      roots.fill(Number(root), 4 * i, 4 * i + 4);
    }
    expectSameBits(await integersOf(device, 'vec4u(quotient_root(a.xy, b))', given), roots);
  });

  it.each([64, 80])('are scaled to %i bits or one less, by powers of 4', async (bits) => {
    const value = `quotient_scaled(max(a.xyz, vec3u(1u, 0u, 0u)), ${bits}u)`;
    const scaled = await integersOf(
      device,
      `vec4u(${value}.value, bitcast<u32>(${value}.up))`,
      inputs,
    );
    for (let i = 0; i < ITEMS; i++) {
      const [x, y, z] = inputs.subarray(8 * i, 8 * i + 3);
      const sum = joined(Math.max(x!, 1), y!, z!);
      const [u, v, w, up] = scaled.subarray(4 * i, 4 * i + 4);
      const shift = 2 * (up! | 0);
      const right = shift > 0 ? sum >> BigInt(shift) : sum << BigInt(-shift);
      const found = joined(u!, v!, w!);
      expect(found).toBe(right);
      expect(Math.abs(found.toString(2).length - (bits - 0.5))).toBe(0.5);
    }
  });
});
