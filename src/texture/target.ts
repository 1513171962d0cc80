import { gpuBuffers } from '../buffer.js';
import { choice, fields, has } from '../check.js';
import { formats } from '../format.js';
import type { Stage } from '../plan.js';
import { type Range, type ResolvedRange, resolveRange } from '../target.js';
import type { Channels, TextureKernel } from './kernel.js';
import {
  checkChainFormat,
  isExternalTexture,
  isTexture,
  isTextureRange,
  type ResolvedTexture,
  resolveTexture,
  type TextureRange,
} from './range.js';

/**
 * What a chain reads and writes where a texture takes part. Its elements are the pixels of the texture
 * row by row, three to a pixel (red, green, blue), or four where `alpha` is true. Where it is not,
 * alpha is copied from a source texture, and is 1 where none is read.
 *
 * Textures are 'rgba8unorm' or 'bgra8unorm' for chains of format 'u8' and 'unorm8', 'rgba16float' for
 * 'f16', 'rgba32float' for 'f32'. An external texture, a frame of a video, counts as one of 8 bits; it
 * must be as large as the target, which WebGPU gives no way to check.
 */
export type TextureTarget =
  /** For chains that fill. */
  | GPUTexture
  | (TextureRange & { readonly alpha?: boolean })
  | {
      readonly source: TextureSource | GPUBuffer | Range<GPUBuffer>;
      readonly target: GPUTexture | TextureRange | GPUBuffer | Range<GPUBuffer>;
      readonly alpha?: boolean;
    };

export type TextureSource = GPUTexture | TextureRange | GPUExternalTexture;

export type ResolvedBuffer = ResolvedRange<GPUBuffer>;

/** A checked source or target. An external texture has as many elements as the target. */
export type Memory = ResolvedTexture | ResolvedBuffer | ResolvedRange<GPUExternalTexture>;

export interface ResolvedTextureTarget {
  readonly textures: TextureKernel;
  readonly target: ResolvedTexture | ResolvedBuffer;
  /** Only where the chain reads. */
  readonly source?: Memory | undefined;
  /** The axes of the elements: rows, columns, channels; of an external texture, what the buffer says. */
  readonly shape?: readonly number[] | undefined;
}

/** What is left of a texture and a buffer where the chain fills the buffer. */
interface ResolvedBufferTarget {
  readonly textures?: undefined;
  readonly target: ResolvedBuffer;
}

const isPair = (target: unknown): target is { source: unknown; target?: unknown } =>
  has(target, 'source');

/** Whether a texture takes part in a target. */
export function hasTexture(target: unknown): boolean {
  if (!isPair(target)) return isTextureRange(target);
  const { source, target: to } = target;
  return isTextureRange(source) || isExternalTexture(source) || isTextureRange(to);
}

/**
 * Checks a target in which a texture takes part, and fills in what is left out.
 *
 * @throws {TypeError | RangeError} naming the call, the field and the value
 */
export function resolveTextureTarget(
  call: string,
  target: unknown,
  stage: Stage,
  features: GPUSupportedFeatures,
): ResolvedTextureTarget | ResolvedBufferTarget {
  const { source: from, target: to, alpha = false } = parts(call, target, stage);
  checkChainFormat(call, stage.format, isExternalTexture(from));
  const channels = choice(call, 'alpha', alpha, [false, true]) ? 4 : 3;
  const resolve = (field: 'source' | 'target', range: unknown) =>
    isTextureRange(range)
      ? resolveTexture(call, field, range, stage.format, channels)
      : resolveRange(call, field, range, gpuBuffers(formats[stage.format].bytes, 'STORAGE'));

  const written = resolve('target', to);
  checkStorage(call, written, features);
  const reads = (): Memory =>
    isExternalTexture(from)
      ? { buffer: from, offset: 0, count: written.count }
      : resolve('source', from);
  const read = isPair(target) ? reads() : undefined;
  if (read) checkPair(call, read, written, channels, !stage.fills);
  const shape = shapeOf(call, channels, read ? [read, written] : [written]);
  const source = stage.fills ? undefined : read;
  if (!source && !isPicture(written)) return { target: { ...written, shape } };
  const textures = {
    source: source ? kindOf(source) : 'nothing',
    target: isPicture(written) ? written.format : 'buffer',
    channels,
  } as const;
  return { textures, target: written, source, shape };
}

/** The parts of a target; a texture alone is one that is filled. */
function parts(call: string, target: unknown, stage: Stage) {
  if (isPair(target)) return fields(call, target, ['source', 'target', 'alpha'], 'target');
  if (!stage.fills) {
    throw new TypeError(
      `${call}: target must be { source, target } with two textures where the chain does not fill, ` +
        'got one texture',
    );
  }
  if (isTexture(target)) return { target };
  const { alpha, ...range } = fields(
    call,
    target,
    ['texture', 'mipLevel', 'layer', 'alpha'],
    'target',
  );
  return { target: range, alpha };
}

export const isPicture = (memory: Memory): memory is ResolvedTexture => 'width' in memory;

function kindOf(source: Memory): 'external texture' | 'texture' | 'buffer' {
  if (isExternalTexture(source.buffer)) return 'external texture';
  return isPicture(source) ? 'texture' : 'buffer';
}

/** The axes of the elements, which a texture gives: a buffer beside it may say them, but no others. */
function shapeOf(
  call: string,
  channels: Channels,
  memories: readonly Memory[],
): readonly number[] | undefined {
  const picture = memories.find(isPicture);
  if (!picture) return memories.find(({ shape }) => shape)?.shape;
  const axes = [picture.height, picture.width, channels];
  for (const { name, shape } of memories) {
    if (!shape || String(shape) === String(axes)) continue;
    throw new RangeError(
      `${call}: ${name}.shape must be ${axes.join(' × ')} (rows, columns, channels of the texture), ` +
        `got ${shape.join(' × ')}`,
    );
  }
  return axes;
}

function checkStorage(call: string, target: Memory, features: GPUSupportedFeatures): void {
  if (!isPicture(target) || target.format !== 'bgra8unorm') return;
  if (features.has('bgra8unorm-storage')) return;
  throw new TypeError(
    `${call}: target.format must be "rgba8unorm" where the device lacks the feature ` +
      `"bgra8unorm-storage", got "bgra8unorm"`,
  );
}

function checkPair(
  call: string,
  source: Memory,
  target: Memory,
  channels: Channels,
  reads: boolean,
): void {
  if (isPicture(source) && isPicture(target)) checkPictures(call, source, target, reads);
  else if (isPicture(source)) checkCount(call, 'target', target, source, channels);
  else if (isPicture(target)) checkCount(call, 'source', source, target, channels);
}

const size = ({ width, height }: ResolvedTexture) => `${width} x ${height}`;

function checkPictures(
  call: string,
  source: ResolvedTexture,
  target: ResolvedTexture,
  reads: boolean,
): void {
  if (size(source) !== size(target)) {
    throw new RangeError(
      `${call}: source and target must have equal sizes, got ${size(source)} and ${size(target)}`,
    );
  }
  const { buffer, mipLevel, layer } = source;
  const isSame = buffer === target.buffer && mipLevel === target.mipLevel && layer === target.layer;
  if (reads && isSame) {
    throw new RangeError(
      `${call}: source and target must be two textures, or two mip levels or layers of one, ` +
        'got the same one twice',
    );
  }
}

function checkCount(
  call: string,
  field: 'source' | 'target',
  { count }: Memory,
  texture: ResolvedTexture,
  channels: Channels,
): void {
  if (count === texture.count) return;
  throw new RangeError(
    `${call}: ${field}.count must be ${texture.count} (${size(texture)} pixels of ${channels} ` +
      `elements), got ${count}`,
  );
}
