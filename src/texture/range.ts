import { choice, count, fields, has, show } from '../check.js';
import type { Format } from '../format.js';
import type { ResolvedRange } from '../target.js';
import type { Channels, TextureFormat } from './kernel.js';

/** One mip level of one layer of a texture. */
export interface TextureRange {
  readonly texture: GPUTexture;
  /** Default 0. */
  readonly mipLevel?: number;
  /** Of a texture with several. Default 0. */
  readonly layer?: number;
}

/** A checked texture, whose elements count as those of a buffer do. */
export interface ResolvedTexture extends ResolvedRange<GPUTexture> {
  readonly format: TextureFormat;
  readonly mipLevel: number;
  readonly layer: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** GPUTextureUsage, by value: the global is missing outside browsers until someone defines it. */
const USAGE = { TEXTURE_BINDING: 0x4, STORAGE_BINDING: 0x8 } as const;

/** The texture formats whose elements a chain of some format computes with. */
const FORMATS: { readonly [F in Format]?: readonly TextureFormat[] } = {
  u8: ['rgba8unorm', 'bgra8unorm'],
  unorm8: ['rgba8unorm', 'bgra8unorm'],
  f16: ['rgba16float'],
  f32: ['rgba32float'],
};

/** Kernels index elements with signed 32-bit integers. */
const MAX_ELEMENTS = 2 ** 30;

export const isTexture = (value: unknown): value is GPUTexture => has(value, 'createView');

/** External textures have nothing to know them by but their name. */
export function isExternalTexture(value: unknown): value is GPUExternalTexture {
  try {
    return Object.prototype.toString.call(value) === '[object GPUExternalTexture]';
  } catch {
    return false;
  }
}

export const isTextureRange = (value: unknown): boolean =>
  isTexture(value) || has(value, 'texture');

/** @throws {RangeError} where a chain's format is that of no texture, or not that of a video's bytes */
export function checkChainFormat(call: string, format: Format, external: boolean): void {
  const known = Object.keys(FORMATS).filter((name) => !external || FORMATS[name as Format]?.[1]);
  if (known.includes(format)) return;
  throw new RangeError(
    `${call}: a chain on ${external ? 'external ' : ''}textures must have format ` +
      `${known.map(show).join(' or ')}, got ${show(format)}`,
  );
}

/**
 * Checks a texture and fills in what is left out.
 *
 * @throws {TypeError | RangeError} naming the call, the field and the value
 */
export function resolveTexture(
  call: string,
  field: 'source' | 'target',
  range: unknown,
  chainFormat: Format,
  channels: Channels,
): ResolvedTexture {
  const given: { texture?: unknown; mipLevel?: unknown; layer?: unknown } = isTexture(range)
    ? { texture: range }
    : fields(call, range, ['texture', 'mipLevel', 'layer'], field);
  const { texture, mipLevel = 0, layer = 0 } = given;
  if (!isTexture(texture)) {
    throw new TypeError(`${call}: ${field}.texture must be a GPUTexture, got ${show(texture)}`);
  }
  const format = checkTexture(call, field, texture, FORMATS[chainFormat] ?? []);
  const level = count(call, `${field}.mipLevel`, mipLevel, texture.mipLevelCount - 1, 'the last');
  const last = texture.depthOrArrayLayers - 1;
  const width = Math.max(1, texture.width >> level);
  const height = Math.max(1, texture.height >> level);
  const elements = width * height * channels;
  if (elements > MAX_ELEMENTS) {
    throw new RangeError(`${call}: ${field} must have at most 2^30 elements, got ${elements}`);
  }
  return {
    buffer: texture,
    offset: 0,
    count: elements,
    format,
    mipLevel: level,
    layer: count(call, `${field}.layer`, layer, last, 'the last'),
    width,
    height,
  };
}

function checkTexture(
  call: string,
  field: 'source' | 'target',
  texture: GPUTexture,
  formats: readonly TextureFormat[],
): TextureFormat {
  const usage = field === 'source' ? 'TEXTURE_BINDING' : 'STORAGE_BINDING';
  if ((texture.usage & USAGE[usage]) === 0) {
    throw new TypeError(
      `${call}: ${field} must be a texture with usage GPUTextureUsage.${usage}, got usage ` +
        `0x${texture.usage.toString(16)}${texture.label ? ` of '${texture.label}'` : ''}`,
    );
  }
  choice(call, `${field}.dimension`, texture.dimension, ['2d']);
  choice(call, `${field}.sampleCount`, texture.sampleCount, [1]);
  return choice(call, `${field}.format`, texture.format, formats);
}
