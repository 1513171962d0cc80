import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clip,
  createNoiseEngine,
  type Format,
  noise,
  normal,
  type Op,
  perturb,
  saltPepper,
} from 'webgpu-noise';
import { createReferenceEngine, type ReferenceArray } from 'webgpu-noise/reference';
import { chains, places } from '../arbitrary.js';
import { storedArray } from '../arrays.js';
import { expectSameBits } from '../bits.js';
import { textureKinds } from '../kernels.js';
import { elementsOf, opaquePixels, rgbaOf, type Size, strangePixels, zeros } from '../pixels.js';
import { testDevice, withLimits } from './device.js';
import { allUsages, createTexture, readTexture, writeTexture } from './textures.js';

const { device, engine, buffer, read } = await testDevice({
  requiredFeatures: ['bgra8unorm-storage'],
});

const sizes = [
  { width: 1, height: 1 },
  { width: 7, height: 5 },
  { width: 257, height: 3 },
];

const texture = (format: GPUTextureFormat, size: Size, rgba?: ReferenceArray) =>
  createTexture(device, format, size, rgba);

/** Keeps what ops give finite in f16. */
const finite = clip({ min: -6e4, max: 6e4 });

const ops: readonly Op[] = [
  noise({ mean: 3, std: 20 }),
  saltPepper({ p: 0.1 }),
  perturb({ std: 0.1, relative: 'weight' }),
  finite,
];

/** The elements of a buffer, as bits of the format. */
async function readBuffer(source: GPUBuffer, format: Format, count: number) {
  return storedArray(format, await read(source, format)).slice(0, count);
}

describe('a chain with textures', () => {
  it.each(textureKinds)(
    'gives the reference’s bits for %s in %s, at any size and place, and keeps alpha unless told',
    async (textureFormat, format) => {
      for (const size of sizes) {
        const rgba = strangePixels(format, size);
        const source = texture(textureFormat, size, rgba);
        for (const alpha of [false, true]) {
          for (const position of [0, 1, 2, 3]) {
            const at = { seed: 7, position };
            const target = texture(textureFormat, size);
            engine().chain(ops, { format }).run({ source, target, alpha }, { at });
            const elements = elementsOf(rgba, alpha ? 4 : 3);
            createReferenceEngine().chain(ops, { format }).run(elements, { at });
            const texels = await readTexture(device, target, size, format);
            expectSameBits(texels, rgbaOf(elements, rgba));
            target.destroy();
          }
        }
        expectSameBits(await readTexture(device, source, size, format), rgba);
      }
    },
  );

  it('gives the reference’s bits for any ops, between textures and buffers, at any element and place', async () => {
    const limited = withLimits(device, {
      maxStorageBufferBindingSize: 1024,
      maxComputeInvocationsPerWorkgroup: 128,
      maxComputeWorkgroupsPerDimension: 2,
    });
    const gpus = [engine(), createNoiseEngine(limited)];
    const cpu = createReferenceEngine();
    await fc.assert(
      fc.asyncProperty(
        chains,
        fc.constantFrom(...textureKinds),
        fc.constantFrom('texture to texture', 'texture to buffer', 'buffer to texture'),
        fc.record({
          width: fc.integer({ min: 1, max: 70 }),
          height: fc.integer({ min: 1, max: 20 }),
        }),
        fc.nat(70),
        fc.boolean(),
        places,
        async (list, [textureFormat, format], way, size, offset, alpha, at) => {
          const chain = cpu.chain([...list, finite], { format });
          const rgba = strangePixels(format, size);
          const before = elementsOf(rgba, alpha ? 4 : 3);
          const after = before.slice();
          chain.run(after, { at });
          const count = after.length;
          for (const gpu of gpus) {
            const run = gpu.chain(chain.ops, { format });
            const picture = texture(
              textureFormat,
              size,
              way === 'buffer to texture' ? undefined : rgba,
            );
            const around = zeros(format, offset + count + 4).fill(7);
            if (way === 'texture to texture') {
              const target = texture(textureFormat, size);
              run.run({ source: picture, target, alpha }, { at });
              const kept = !chain.plan[0]!.reads ? opaquePixels(format, size) : rgba;
              expectSameBits(await readTexture(device, target, size, format), rgbaOf(after, kept));
              target.destroy();
            } else if (way === 'texture to buffer') {
              const target = buffer(around);
              run.run(
                { source: picture, target: { buffer: target, offset, count }, alpha },
                { at },
              );
              around.set(after, offset);
              expectSameBits(await readBuffer(target, format, around.length), around);
              target.destroy();
            } else {
              around.set(before, offset);
              const source = buffer(around);
              run.run(
                { source: { buffer: source, offset, count }, target: picture, alpha },
                { at },
              );
              const texels = await readTexture(device, picture, size, format);
              expectSameBits(texels, rgbaOf(after, opaquePixels(format, size)));
              source.destroy();
            }
            picture.destroy();
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  it('draws for a picture what it draws for its bytes in a buffer', async () => {
    const size = { width: 31, height: 9 };
    const rgba = strangePixels('u8', size);
    const source = texture('bgra8unorm', size, rgba);
    const target = texture('rgba8unorm', size);
    const bytes = buffer(elementsOf(rgba, 3));
    const [first, second] = [engine({ seed: 3 }), engine({ seed: 3 })];
    first.chain([noise({ std: 50 })], { format: 'u8' }).run({ source, target });
    second.chain([noise({ std: 50 })], { format: 'u8' }).run({ buffer: bytes, count: 31 * 9 * 3 });
    const colors = elementsOf(await readTexture(device, target, size, 'u8'), 3);
    expectSameBits(colors, await readBuffer(bytes, 'u8', 31 * 9 * 3));
    expect(first.state).toEqual(second.state);
    expect(first.state.position).toBe(BigInt(31 * 9 * 3));
  });

  it.each(textureKinds)('fills %s in %s, opaque unless told', async (textureFormat, format) => {
    const size = { width: 33, height: 5 };
    const fill = [normal({ mean: 0.5, std: 0.25 })];
    for (const alpha of [false, true]) {
      const elements = zeros(format, 33 * 5 * (alpha ? 4 : 3));
      createReferenceEngine({ seed: 6 }).chain(fill, { format }).run(elements);
      const target = texture(textureFormat, size);
      const chain = engine({ seed: 6 }).chain(fill, { format });
      chain.run(alpha ? { texture: target, alpha } : target);
      const texels = await readTexture(device, target, size, format);
      expectSameBits(texels, rgbaOf(elements, opaquePixels(format, size)));
    }
  });

  it('fills a buffer whatever the source', async () => {
    const source = texture('rgba32float', { width: 2, height: 2 });
    const target = buffer(new Float32Array(12));
    engine().chain([normal()]).run({ source, target });
    const elements = new Float32Array(12);
    createReferenceEngine().chain([normal()]).run(elements);
    expectSameBits(await read(target, 'f32'), elements);
  });

  it('loads every bit pattern of rgba16float as f16 buffers do', async () => {
    const size = { width: 256, height: 64 };
    const rgba = zeros('f16', 2 ** 16).map((_, i) => i);
    const source = texture('rgba16float', size, rgba);
    const target = buffer(zeros('f16', 2 ** 16));
    engine()
      .chain([noise({ std: 0.01 })], { format: 'f16' })
      .run({ source, target, alpha: true });
    createReferenceEngine()
      .chain([noise({ std: 0.01 })], { format: 'f16' })
      .run(rgba);
    expectSameBits(await readBuffer(target, 'f16', 2 ** 16), rgba);
  });

  it('truncates where asked', async () => {
    const size = { width: 3, height: 1 };
    const target = texture('rgba8unorm', size);
    const fill = [normal({ mean: 2.75, std: 0 })];
    engine().chain(fill, { format: 'u8', rounding: 'truncate' }).run(target);
    const texels = await readTexture(device, target, size, 'u8');
    expect([...texels.slice(0, 4)]).toEqual([2, 2, 2, 255]);
  });

  it('does one mip level of one layer and no other', async () => {
    const made = device.createTexture({
      size: [20, 12, 3],
      format: 'rgba8unorm',
      mipLevelCount: 3,
      usage: allUsages(),
    });
    const small = { width: 5, height: 3, mipLevel: 2, layer: 1 };
    const middle = { width: 10, height: 6, mipLevel: 1, layer: 2 };
    const rgba = strangePixels('u8', small);
    writeTexture(device, made, small, rgba);
    const chain = engine().chain(ops, { format: 'u8' });
    const copy = { width: 5, height: 3, mipLevel: 2, layer: 0 };
    chain.run({
      source: { texture: made, mipLevel: 2, layer: 1 },
      target: { texture: made, mipLevel: 2, layer: 0 },
    });
    const elements = elementsOf(rgba, 3);
    createReferenceEngine().chain(ops, { format: 'u8' }).run(elements);
    expectSameBits(await readTexture(device, made, copy, 'u8'), rgbaOf(elements, rgba));
    expectSameBits(await readTexture(device, made, small, 'u8'), rgba);
    const untouched = await readTexture(device, made, middle, 'u8');
    expectSameBits(untouched, zeros('u8', 4 * 10 * 6));
  });
});
