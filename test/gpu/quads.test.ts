import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  bits,
  clipNorm,
  createNoiseEngine,
  type Format,
  noise,
  normal,
  type Op,
  perturb,
} from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { formats } from '../../src/format.js';
import { storedArray } from '../arrays.js';
import { expectSameBits } from '../bits.js';
import { testDevice, withLimits } from './device.js';
import { writeTexture } from './textures.js';

const { device, buffer, read } = await testDevice();

afterEach(() => {
  vi.restoreAllMocks();
});

/** What is there before, and must be there afterwards around a range. */
const before = (words: number) => Uint32Array.from({ length: words }, (_, i) => 0x3f800000 + i);

const chains = {
  noise: [[noise({ mean: 1 })], 'f32'],
  normal: [[normal()], 'f32'],
  bits: [[bits()], 'u32'],
  halves: [[noise({ mean: 1 })], 'f16'],
  bytes: [[noise({ mean: 9, std: 5 })], 'u8'],
} as const satisfies Record<string, readonly [Op[], Format]>;

const at = { seed: 5, position: 2n ** 34n - 8n };

const numbers = (count: number) => Float32Array.from({ length: count }, (_, i) => i / 7 - 20);

/** An engine as on hardware, with so many bytes to a binding. */
function hardware(most?: number) {
  const limited = most ? withLimits(device, { maxStorageBufferBindingSize: most }) : device;
  return createNoiseEngine(limited, { barrier: 'saturate' });
}

/** Runs a chain as hardware does, and as the reference does, on a range of a buffer of so many words. */
async function ranAlike(name: keyof typeof chains, words: number, offset: number, count: number) {
  const [ops, format] = chains[name];
  const target = buffer(before(words));
  hardware().chain(ops, { format }).run({ buffer: target, offset, count }, { at });
  const expected = before(words);
  const elements = storedArray(format, expected);
  createReferenceEngine().chain(ops, { format }).run({ buffer: elements, offset, count }, { at });
  expectSameBits(await read(target, 'u32'), expected);
}

describe('what hardware stores', () => {
  it.each(Object.keys(chains) as (keyof typeof chains)[])(
    'is nothing else than the range, wherever a range of %s begins and ends, and where its buffer does',
    async (name) => {
      for (const words of [64, 65, 66, 67]) {
        for (const offset of [0, 1, 2, 3, 61]) {
          for (const left of [0, 1, 2, 3]) {
            const count = (4 / formats[chains[name][1]].bytes) * words - offset - left;
            if (count > 0) await ranAlike(name, words, offset, count);
          }
        }
      }
    },
  );
});

describe('16 bytes at a time', () => {
  it.each([undefined, 1024])(
    'are right out of place, at any alignments, with %s bytes to a binding',
    async (most) => {
      const chain = hardware(most).chain([noise({ mean: 1 })]);
      const cpu = createReferenceEngine().chain([noise({ mean: 1 })]);
      const sources = numbers(400);
      const source = buffer(sources);
      for (const words of [300, 301, 303]) {
        for (const [offset, from] of [
          [0, 0],
          [1, 3],
          [2, 67],
          [65, 2],
        ] as const) {
          for (const left of [0, 1, 3]) {
            const count = words - offset - left;
            const expected = numbers(words);
            const target = buffer(expected);
            const pair = <B>(to: B, of: B) => ({
              source: { buffer: of, offset: from, count },
              target: { buffer: to, offset, count },
            });
            cpu.run(pair(expected, sources), { at });
            chain.run(pair(target, source), { at });
            expectSameBits(await read(target, 'f32'), expected);
          }
        }
      }
    },
  );

  it.each([undefined, 1024])(
    'are right for lists, before and after what measures, with %s bytes to a binding',
    async (most) => {
      const counts = [5, 1, 2, 255, 20, 300];
      const ops = [noise(), clipNorm({ max: 3 }), perturb({ std: 0.1, relative: 'rms' })];
      const list = <B>(of: B) =>
        counts.map((count, i) => ({
          buffer: of,
          offset: i + counts.slice(0, i).reduce((sum, each) => sum + each, 0),
          count,
        }));
      for (const words of [588, 589, 591]) {
        const expected = numbers(words);
        const target = buffer(expected);
        createReferenceEngine().chain(ops).run(list(expected), { at });
        hardware(most).chain(ops).run(list(target), { at });
        expectSameBits(await read(target, 'f32'), expected);
      }
    },
  );

  it('are right from a texture to a buffer', async () => {
    const [width, height] = [7, 5];
    const rgba = numbers(4 * width * height);
    const usage = GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST;
    const texture = device.createTexture({ size: [width, height], format: 'rgba32float', usage });
    writeTexture(device, texture, { width, height }, rgba);
    const rgb = rgba.filter((_, i) => i % 4 < 3);
    for (const [offset, left] of [
      [0, 3],
      [1, 2],
      [3, 1],
      [2, 0],
    ] as const) {
      const expected = numbers(offset + rgb.length + left);
      const target = buffer(expected);
      const range = { offset, count: rgb.length };
      const into = { buffer: expected, ...range };
      createReferenceEngine().chain([noise()]).run({ source: rgb, target: into }, { at });
      hardware()
        .chain([noise()])
        .run({ source: texture, target: { buffer: target, ...range } }, { at });
      expectSameBits(await read(target, 'f32'), expected);
    }
  });

  // Once for the device, with kernels of its own.
  beforeAll(() => hardware().verify());

  it('are what kernels store, but for a buffer that ends within one', async () => {
    const modules = vi.spyOn(device, 'createShaderModule');
    const chain = hardware().chain([normal(), noise({ std: 3 })]);
    /** Whether the kernels compiled since then store quads, where all do alike. */
    const stored = () => [
      ...new Set(modules.mock.calls.splice(0).map(([{ code }]) => code.includes('target_quads'))),
    ];
    await chain.ready({ target: buffer(before(8)) });
    expect(stored()).toEqual([true]);
    await chain.ready({ target: { buffer: buffer(before(9)), count: 8 } });
    expect(stored()).toEqual([]);
    await chain.ready({ target: buffer(before(9)) });
    expect(stored()).toEqual([false]);
  });

  it('are compiled ahead, and so is what a buffer takes that ends within one', async () => {
    const modules = vi.spyOn(device, 'createShaderModule');
    const chain = hardware().chain([normal(), noise({ std: 4 }), noise({ std: 5 })]);
    await chain.ready();
    expect(modules).toHaveBeenCalledTimes(2);
    for (const words of [8, 9]) chain.run(buffer(before(words)));
    expect(modules).toHaveBeenCalledTimes(2);
  });
});
