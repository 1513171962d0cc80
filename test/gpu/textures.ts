import type { Format } from 'webgpu-noise';
import type { ReferenceArray } from 'webgpu-noise/reference';
import { formats } from '../../src/format.js';
import { storedArray } from '../arrays.js';
import type { Size } from '../pixels.js';

/** Where in a texture some pixels are, and their size. */
interface Picture extends Size {
  readonly mipLevel?: number;
  readonly layer?: number;
}

/** RGBA elements in the order of a texture's texels, or back: the same swap. */
function texels(texture: GPUTexture, rgba: ReferenceArray): ReferenceArray {
  const ordered = rgba.slice();
  if (texture.format === 'bgra8unorm') {
    for (let i = 0; i < rgba.length; i += 4) {
      ordered[i] = rgba[i + 2]!;
      ordered[i + 2] = rgba[i]!;
    }
  }
  return ordered;
}

const place = (texture: GPUTexture, { mipLevel = 0, layer = 0 }: Picture) => ({
  texture,
  mipLevel,
  origin: [0, 0, layer],
});

/** Writes RGBA elements, row by row, to a texture. */
export function writeTexture(
  { queue }: GPUDevice,
  texture: GPUTexture,
  picture: Picture,
  rgba: ReferenceArray,
): void {
  const { width, height } = picture;
  const data = texels(texture, rgba) as ReferenceArray & ArrayBufferView<ArrayBuffer>;
  const bytesPerRow = data.byteLength / height;
  queue.writeTexture(place(texture, picture), data, { bytesPerRow }, [width, height]);
}

/** The RGBA elements of a texture, row by row, as bits of the format. */
export async function readTexture(
  device: GPUDevice,
  texture: GPUTexture,
  picture: Picture,
  format: Format,
): Promise<ReferenceArray> {
  const { width, height } = picture;
  const row = 4 * width * formats[format].bytes;
  const bytesPerRow = Math.ceil(row / 256) * 256; // WebGPU's rule for copies
  const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
  const buffer = device.createBuffer({ size: bytesPerRow * height, usage });
  const encoder = device.createCommandEncoder();
  encoder.copyTextureToBuffer(place(texture, picture), { buffer, bytesPerRow }, [width, height]);
  device.queue.submit([encoder.finish()]);
  await buffer.mapAsync(GPUMapMode.READ);
  const rows = new Uint8Array(buffer.getMappedRange());
  const bytes = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    bytes.set(rows.subarray(y * bytesPerRow, y * bytesPerRow + row), y * row);
  }
  buffer.destroy();
  return texels(texture, storedArray(format, bytes));
}

/** Whatever a texture may be used for here. */
export function allUsages(): number {
  const { TEXTURE_BINDING, STORAGE_BINDING, COPY_SRC, COPY_DST } = GPUTextureUsage;
  return TEXTURE_BINDING | STORAGE_BINDING | COPY_SRC | COPY_DST;
}

/** A texture for all uses with the given RGBA elements, or without any. */
export function createTexture(
  device: GPUDevice,
  format: GPUTextureFormat,
  size: Size,
  rgba?: ReferenceArray,
): GPUTexture {
  const { width, height } = size;
  const made = device.createTexture({ size: [width, height], format, usage: allUsages() });
  if (rgba) writeTexture(device, made, size, rgba);
  return made;
}
