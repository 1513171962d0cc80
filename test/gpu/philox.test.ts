import { describe, expect, it, vi } from 'vitest';
import { bits, createNoiseEngine } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { multiplyHigh } from '../../src/reference/philox.js';
import { altered } from '../altered.js';
import { expectSameBits } from '../bits.js';
import curand from '../vectors/curand_uniform.json' with { type: 'json' };
import { philoxVectors } from '../vectors/philox.js';
import { testDevice } from './device.js';
import { productsOfWords } from './words.js';

const { device, engine, buffer, read } = await testDevice();

const join = (low: number, high: number) => BigInt(low) + (BigInt(high) << 32n);

/** Words of the engine at a place. */
async function draw(count: number, at: object, rounds: 7 | 10 = 10): Promise<Uint32Array> {
  const target = buffer(new Uint32Array(count));
  engine().chain([bits()], { format: 'u32', rounds }).run(target, { at });
  return read(target, 'u32');
}

describe('bits on the GPU', () => {
  it.each(philoxVectors)('gives the published words of $name', async (vector) => {
    const [c0, c1, c2, c3] = vector.counter;
    const at = {
      seed: join(...vector.key),
      stream: join(c2, c3),
      position: join(c0, c1) * 4n + BigInt(vector.lane),
    };
    const words = await draw(vector.words.length, at, vector.rounds);
    expect([...words]).toEqual(vector.words);
  });

  it.each(curand.vectors)('gives the published uniforms of $name', async (vector) => {
    const words = await draw(vector.values.length, { seed: vector.seed, stream: vector.stream });
    for (const [i, value] of vector.values.entries()) {
      expect(Math.abs((words[i]! + 0.5) * 2 ** -32 - value)).toBeLessThan(vector.published);
    }
  });

  it.each([2n ** 32n, 2n ** 34n, 2n ** 63n, 2n ** 64n, 2n ** 66n])(
    'carries at position %s, whatever the lane it starts on',
    async (edge) => {
      for (const before of [1n, 2n, 3n, 4n, 5n, 6n]) {
        const at = { seed: 7n, stream: 2n ** 64n - 1n, position: edge - before };
        const expected = new Uint32Array(16);
        const reference = createReferenceEngine();
        reference.chain([bits()], { format: 'u32' }).run(expected, { at });
        expectSameBits(await draw(16, at), expected);
      }
    },
  );

  it('wraps inside its stream at position 2^66', async () => {
    const around = await draw(8, { seed: 3, stream: 5, position: 2n ** 66n - 4n });
    const start = await draw(4, { seed: 3, stream: 5, position: 0 });
    expectSameBits(around.subarray(4), start);
  });
});

it.each(['nvidia', '4318'])(
  'on a GPU of vendor %s are made of words, and the same',
  async (vendor) => {
    const { architecture, description } = device.adapterInfo;
    const info = { vendor, architecture, description, isFallbackAdapter: false };
    const theirs = altered(device, 'adapterInfo', () => info);
    const modules = vi.spyOn(device, 'createShaderModule');
    const target = buffer(new Uint32Array(999));
    const at = { seed: 11, position: 2n ** 34n - 400n };
    createNoiseEngine(theirs).chain([bits()], { format: 'u32' }).run(target, { at });
    // Words alone have half of a multiplier.
    const made = modules.mock.calls.map(([{ code }]) => /0x72a9u/.test(code));
    modules.mockRestore();
    expect(made).toEqual([true]);
    const expected = new Uint32Array(999);
    createReferenceEngine().chain([bits()], { format: 'u32' }).run(expected, { at });
    expectSameBits(await read(target, 'u32'), expected);
  },
);

/** The words whose products with an odd number have the lower words 1 and 2^32 − 1: where a carry just starts or stops. */
function turningWords(odd: number): [number, number] {
  let inverse = odd;
  for (let bits = 3; bits < 32; bits *= 2) {
    inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  }
  return [inverse >>> 0, -inverse >>> 0];
}

/** Every lower half of a word beside some upper halves, and the other way round. */
function halvedWords(): Uint32Array {
  const some = [0, 1, 0x2d51, 0x7ffe, 0x7fff, 0x8000, 0x8001, 0xd2ae, 0xfffe, 0xffff];
  const words = new Uint32Array(2 * some.length * 2 ** 16);
  let next = 0;
  for (const half of some) {
    for (let other = 0; other < 2 ** 16; other++) {
      words[next++] = half * 2 ** 16 + other;
      words[next++] = other * 2 ** 16 + half;
    }
  }
  return words;
}

describe.each(['halves', 'words', 'floats'] as const)(
  'the products of Philox from %s',
  (multiply) => {
    it('are exact', async () => {
      const turns = [0xd2511f53, 0xcd9e8d57].flatMap(turningWords);
      const words = Uint32Array.from([...halvedWords(), ...turns]);
      const expected = new Uint32Array(4 * words.length);
      for (const [i, word] of words.entries()) {
        expected[4 * i] = multiplyHigh(word, 0xd2511f53);
        expected[4 * i + 1] = Math.imul(word, 0xd2511f53);
        expected[4 * i + 2] = multiplyHigh(word, 0xcd9e8d57);
        expected[4 * i + 3] = Math.imul(word, 0xcd9e8d57);
      }
      expectSameBits(await productsOfWords(device, words, multiply), expected);
    });
  },
);
