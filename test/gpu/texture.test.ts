import { describe, expect, it } from 'vitest';
import { clip, type Format, noise, normal, type Op, perturb, saltPepper } from 'webgpu-noise';
import { createReferenceEngine, type ReferenceArray } from 'webgpu-noise/reference';
import { formats } from '../../src/format.js';
import { storedArray, strangeElements } from '../arrays.js';
import { expectSameBits } from '../bits.js';
import { testDevice } from './device.js';
import { elementsOf, type Picture, readTexture, rgbaOf, writeTexture } from './textures.js';

const { device, engine, buffer, read } = await testDevice({
  requiredFeatures: ['bgra8unorm-storage'],
});

/** Every texture format with every format of chains on it. */
const kinds = [
  ['rgba8unorm', 'u8'],
  ['rgba8unorm', 'unorm8'],
  ['bgra8unorm', 'u8'],
  ['bgra8unorm', 'unorm8'],
  ['rgba16float', 'f16'],
  ['rgba32float', 'f32'],
] as const;

const sizes = [
  [1, 1],
  [7, 5],
  [257, 3],
] as const;

const { TEXTURE_BINDING, STORAGE_BINDING, COPY_SRC, COPY_DST } = GPUTextureUsage;

function texture(format: GPUTextureFormat, { width, height }: Picture): GPUTexture {
  const usage = TEXTURE_BINDING | STORAGE_BINDING | COPY_SRC | COPY_DST;
  return device.createTexture({ size: [width, height], format, usage });
}

/** RGBA elements with strange bits. */
function strangePixels(format: Format, { width, height }: Picture): ReferenceArray {
  const strange = strangeElements(format);
  const rgba = storedArray(format, new Uint8Array(4 * width * height * formats[format].bytes));
  for (let i = 0; i < rgba.length; i++) rgba[i] = strange[i % strange.length]!;
  return rgba;
}

/** Fails where texels differ. Which infinity or NaN a texture holds in f16 is the device's choice. */
function expectSameTexels(format: Format, actual: ReferenceArray, expected: ReferenceArray): void {
  const bits = (half: number) => ((half & 0x7c00) === 0x7c00 ? 0x7c00 : half);
  if (format !== 'f16') expectSameBits(actual, expected);
  else expectSameBits(actual.map(bits), expected.map(bits));
}

describe('x', () => {
  it.each(kinds)('%s in %s', async (textureFormat, format) => {
    for (const [width, height] of sizes) for (const channels of [3,4] as const) {
      const size = { width, height };
      const ops: Op[] = [noise({ std: 20, mean: 3 }), saltPepper({p: 0.1}), perturb({ std: 0.1 , relative: 'weight'})];
      const rgba = strangePixels(format, size);
      const [a, b] = [texture(textureFormat, size), texture(textureFormat, size)];
      writeTexture(device, a, size, rgba);
      const back = await readTexture(device, a, size, format);
      expectSameTexels(format, back, rgba);
      const expected = elementsOf(rgba, channels);
      const at = { seed: 7, position: 3 };
      engine().chain(ops, { format }).run({ source: a, target: b, alpha: channels === 4 }, { at });
      createReferenceEngine().chain(ops, { format }).run(expected, { at });
      expectSameTexels(format, await readTexture(device, b, size, format), rgbaOf(expected, rgba));
    }
  });
});
