import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bits, clip, createNoiseEngine, noise, normal, perturb, uniform } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { chains, places } from '../arbitrary.js';
import { storedArray, strangeElements } from '../arrays.js';
import { expectSameBits } from '../bits.js';
import { allFormats } from '../kernels.js';
import { testDevice, withLimits } from './device.js';

const { device, engine, buffer, read } = await testDevice();

describe('a chain on the GPU', () => {
  it('gives the reference’s bits for any ops, format, range and place, and touches nothing else', async () => {
    const gpus = [
      engine(),
      createNoiseEngine(withLimits(device, { maxStorageBufferBindingSize: 1024 })),
      createNoiseEngine(withLimits(device, { maxComputeInvocationsPerWorkgroup: 128 })),
    ];
    const cpu = createReferenceEngine();
    await fc.assert(
      fc.asyncProperty(
        chains,
        fc.constantFrom(...allFormats),
        places,
        fc.nat(70),
        fc.nat(1500),
        async (ops, options, at, offset, count) => {
          const data = strangeElements(options.format);
          const expected = data.slice();
          cpu.chain(ops, options).run({ buffer: expected, offset, count }, { at });
          for (const gpu of gpus) {
            const target = buffer(data);
            gpu.chain(ops, options).run({ buffer: target, offset, count }, { at });
            const result = await read(target, options.format);
            expectSameBits(storedArray(options.format, result), expected);
            target.destroy();
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it.each([
    ['f32', 63],
    ['u8', 255],
  ] as const)(
    'reaches the end of whole workgroups of %s that begin late in what is bound',
    async (format, offset) => {
      const count = 4 * 256 * 2 - (offset % 4);
      const data = storedArray(format, new Uint32Array(offset + count + 9));
      const range = { offset, count };
      createReferenceEngine()
        .chain([noise({ mean: 9 })], { format })
        .run({ buffer: data, ...range });
      const target = buffer(new Uint8Array(data.byteLength));
      engine()
        .chain([noise({ mean: 9 })], { format })
        .run({ buffer: target, ...range });
      expectSameBits(storedArray(format, await read(target, format)), data);
    },
  );

  it('gives the same bits out of place, from any alignment to any other', async () => {
    const gpu = engine();
    const ops = [noise({ std: 20 }), clip({ min: 0, max: 255 }), noise({ mean: 1 })];
    for (const format of ['f32', 'f16', 'u8'] as const) {
      const data = strangeElements(format);
      const chain = gpu.chain(ops, { format });
      for (const from of [0, 1, 2, 3, 66]) {
        for (const to of [0, 1, 2, 3, 65]) {
          const at = { seed: 1, position: from };
          const source = buffer(data);
          const target = buffer(data.slice().fill(7));
          chain.run(
            {
              source: { buffer: source, offset: from, count: 301 },
              target: { buffer: target, offset: to, count: 301 },
            },
            { at },
          );
          const expected = data.slice().fill(7);
          const reference = createReferenceEngine().chain(ops, { format });
          reference.run(
            {
              source: { buffer: data, offset: from, count: 301 },
              target: { buffer: expected, offset: to, count: 301 },
            },
            { at },
          );
          expectSameBits(storedArray(format, await read(target, format)), expected);
          expectSameBits(storedArray(format, await read(source, format)), data);
        }
      }
    }
  });

  it('draws the same sample for an element in every format', async () => {
    const f32 = buffer(new Float32Array(1000).fill(128));
    const u8 = buffer(new Uint8Array(1000).fill(128));
    engine({ seed: 8 })
      .chain([noise({ std: 20 })])
      .run(f32);
    engine({ seed: 8 })
      .chain([noise({ std: 20 })], { format: 'u8' })
      .run(u8);
    const numbers = await read(f32, 'f32');
    const bytes = await read(u8, 'u8');
    for (const [i, byte] of bytes.entries()) {
      const clamped = Math.min(255, Math.max(0, numbers[i]!));
      expect(Math.abs(byte - clamped)).toBeLessThanOrEqual(0.5);
    }
  });

  it('adds nothing for std 0, not even to −0, and truncates where asked', async () => {
    const same = buffer(new Float32Array([-0, 1.5, 2 ** -149]));
    engine()
      .chain([noise({ std: 0 })])
      .run(same);
    expectSameBits(await read(same, 'f32'), new Float32Array([-0, 1.5, 2 ** -149]));
    for (const [rounding, expected] of [
      ['nearest-even', [2, 2, 255, 0]],
      ['truncate', [1, 2, 254, 0]],
    ] as const) {
      const bytes = buffer(new Uint8Array(4));
      for (const [offset, mean] of [1.5, 2.5, 254.99, -3].entries()) {
        engine()
          .chain([normal({ mean, std: 0 })], { format: 'u8', rounding })
          .run({ buffer: bytes, offset, count: 1 });
      }
      expect([...(await read(bytes, 'u8'))]).toEqual(expected);
    }
  });

  it('keeps NaN, keeps ±Infinity through noise and clips it', async () => {
    const data = new Float32Array([Number.NaN, Infinity, -Infinity, 1]);
    const noisy = buffer(data);
    engine()
      .chain([noise(), perturb({ std: 1, relative: 'weight' })])
      .run(noisy);
    expect([...(await read(noisy, 'f32'))].slice(0, 3)).toEqual([Number.NaN, Infinity, -Infinity]);
    engine()
      .chain([clip({ min: -2, max: 2 })])
      .run(noisy);
    expect([...(await read(noisy, 'f32'))].slice(0, 3)).toEqual([Number.NaN, 2, -2]);
  });

  it('fills uniforms that reach low and never high', async () => {
    const target = buffer(new Float32Array(2 ** 20));
    for (const [low, high] of [
      [0, 1],
      [1, 1 + 2 ** -23],
      [-5, 2 ** -20],
    ] as const) {
      engine()
        .chain([uniform({ low, high })])
        .run(target);
      const values = await read(target, 'f32');
      let [least, most] = [Infinity, -Infinity];
      for (const value of values) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
      expect(least).toBeGreaterThanOrEqual(low);
      expect(most).toBeLessThan(high);
    }
  });

  it.each(['saturate', 'xor'] as const)(
    'does all of a range that fills its workgroup from one end to the other, with %s barriers',
    async (barrier) => {
      const at = { seed: 5, position: 3 };
      const range = { offset: 60, count: 1024 };
      const target = buffer(new Float32Array(1100));
      engine({ barrier })
        .chain([normal()])
        .run({ buffer: target, ...range }, { at });
      const expected = new Float32Array(1100);
      createReferenceEngine()
        .chain([normal()])
        .run({ buffer: expected, ...range }, { at });
      expectSameBits(await read(target, 'f32'), expected);
    },
  );

  it('does a buffer beyond 65,535 workgroups and beyond the binding limit, with the same bits', async () => {
    const small = await testDevice({
      requiredLimits: { maxStorageBufferBindingSize: 2 ** 27, maxBufferSize: 2 ** 29 },
    });
    const count = 65_535 * 256 * 4 + 2 ** 20 + 3; // three pieces in u32, 65,535 workgroups in u8
    expect(small.device.limits.maxStorageBufferBindingSize).toBe(2 ** 27);
    const target = small.device.createBuffer({
      size: 4 * count,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    const at = { seed: 11, position: 2n ** 34n - 5n };
    small.engine().chain([bits()], { format: 'u32' }).run(target, { at });
    const edge = 2 ** 27 / 4;
    for (const offset of [0, edge - 500, 2 * edge - 500, 65_535 * 256 * 4 - 500, count - 1000]) {
      const expected = new Uint32Array(1000);
      const place = { ...at, position: at.position + BigInt(offset) };
      createReferenceEngine().chain([bits()], { format: 'u32' }).run(expected, { at: place });
      const range = { buffer: target, offset, count: 1000 };
      expectSameBits(await small.engine().read(range, { format: 'u32' }), expected);
    }
    const reader = { buffer: target, offset: 65_535 * 1024 - 500, count: 1000 };
    small
      .engine()
      .chain([normal({ mean: 128, std: 20 })], { format: 'u8' })
      .run({ buffer: target, count: 65_535 * 1024 + 999 }, { at });
    const expected = new Uint8Array(1000);
    const place = { ...at, position: at.position + BigInt(reader.offset) };
    createReferenceEngine()
      .chain([normal({ mean: 128, std: 20 })], { format: 'u8' })
      .run(expected, { at: place });
    expectSameBits(await small.engine().read(reader, { format: 'u8' }), expected);
    target.destroy();
  });
});
