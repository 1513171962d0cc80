import { describe, expect, it, vi } from 'vitest';
import { bits, noise, normal, type Op } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { expectSameBits } from '../bits.js';
import { testDevice } from './device.js';

const { device, engine, buffer, read } = await testDevice();

/** What is there before, and must be there afterwards around a range. */
const before = (words: number) => Uint32Array.from({ length: words }, (_, i) => 0x3f800000 + i);

const chains = {
  noise: [[noise({ mean: 1 })], 'f32'],
  normal: [[normal()], 'f32'],
  bits: [[bits()], 'u32'],
} as const satisfies Record<string, readonly [Op[], 'f32' | 'u32']>;

/** Runs a chain as hardware does, and as the reference does, on a range of a buffer of so many words. */
async function ranAlike(name: keyof typeof chains, words: number, offset: number, count: number) {
  const [ops, format] = chains[name];
  const at = { seed: 5, position: 2n ** 34n - 8n };
  const target = buffer(before(words));
  engine({ barrier: 'saturate' })
    .chain(ops, { format })
    .run({ buffer: target, offset, count }, { at });
  const expected = before(words);
  const elements = format === 'f32' ? new Float32Array(expected.buffer) : expected;
  createReferenceEngine().chain(ops, { format }).run({ buffer: elements, offset, count }, { at });
  expectSameBits(await read(target, 'u32'), expected);
}

describe('16 bytes at a time', () => {
  it.each(Object.keys(chains) as (keyof typeof chains)[])(
    'write nothing else, wherever a range of %s begins and ends, and where its buffer does',
    async (name) => {
      for (const words of [64, 65, 66, 67]) {
        for (const offset of [0, 1, 2, 3, 61]) {
          for (const left of [0, 1, 2, 3]) {
            const count = words - offset - left;
            if (count > 0) await ranAlike(name, words, offset, count);
          }
        }
      }
    },
  );

  it('are what kernels store, but for a buffer that ends within one', async () => {
    const modules = vi.spyOn(device, 'createShaderModule');
    const chain = engine({ barrier: 'saturate' }).chain([normal(), noise({ std: 3 })]);
    /** Whether the kernels compiled since then store quads, where all do alike. */
    const stored = () => [
      ...new Set(modules.mock.calls.splice(0).map(([{ code }]) => code.includes('target_quads'))),
    ];
    await chain.ready();
    expect(stored()).toEqual([true]);
    await chain.ready({ target: buffer(before(8)) });
    await chain.ready({ target: { buffer: buffer(before(9)), count: 8 } });
    expect(stored()).toEqual([]);
    await chain.ready({ target: buffer(before(9)) });
    expect(stored()).toEqual([false]);
    modules.mockRestore();
  });
});
