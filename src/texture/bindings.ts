import {
  type Bindings,
  FIRST_VARYING,
  type Layout,
  type LayoutEntry,
  layoutOf,
  type Numbers,
  varyingEntries,
} from '../bindings.js';
import type { Binding, Piece } from '../pieces.js';
import type { TextureKernel } from './kernel.js';
import { isExternalTexture } from './range.js';
import { isPicture, type Memory, type ResolvedTextureTarget } from './target.js';

const SOURCES: { readonly [S in TextureKernel['source']]: readonly LayoutEntry[] } = {
  nothing: [],
  buffer: [{ binding: 2, buffer: { type: 'read-only-storage' } }],
  // Loading needs no filter, and rgba32float may have none.
  texture: [{ binding: 2, texture: { sampleType: 'unfilterable-float' } }],
  'external texture': [{ binding: 2, externalTexture: {} }],
};

/** The layout of a kernel with textures. */
export function textureLayoutOf(
  device: GPUDevice,
  { source, target }: TextureKernel,
  varying: number,
): Layout {
  const written: LayoutEntry =
    target === 'buffer'
      ? { binding: 1, buffer: { type: 'storage' } }
      : { binding: 1, storageTexture: { access: 'write-only', format: target } };
  return layoutOf(device, `${source} to ${target}, ${varying} varying`, () => [
    { binding: 0, buffer: { type: 'uniform', hasDynamicOffset: true } },
    written,
    ...SOURCES[source],
    ...varyingEntries(varying),
  ]);
}

/** The bind group of a piece of a run with textures. */
export function textureGroup(
  device: GPUDevice,
  bindings: Bindings,
  { textures, target, source }: ResolvedTextureTarget,
  piece: Piece,
  uniforms: Numbers,
  varying: readonly Numbers[],
): GPUBindGroup {
  const layout = textureLayoutOf(device, textures, varying.length);
  const numbers = [uniforms, ...varying];
  const memory = [target.buffer, ...(source ? [source.buffer] : [])];
  const parts = [...partOf(target, piece.target), ...(source ? partOf(source, piece.source) : [])];
  return bindings.group(
    layout,
    [...memory, ...numbers.map(({ buffer }) => buffer)],
    [...parts, ...numbers.flatMap(({ offset, size }) => [offset, size])],
    () => {
      const entries = [
        { binding: 0, resource: uniforms },
        { binding: 1, resource: resourceOf(target, piece.target) },
        ...varying.map((resource, i) => ({ binding: FIRST_VARYING + i, resource })),
      ];
      if (source) entries.push({ binding: 2, resource: resourceOf(source, piece.source) });
      return entries;
    },
  );
}

/** What of a source or target is bound, in numbers. */
function partOf(memory: Memory, part?: Binding): (number | undefined)[] {
  if (isPicture(memory)) return [memory.mipLevel, memory.layer];
  return [part?.offset, part?.size];
}

function resourceOf(memory: Memory, part?: Binding): GPUBindingResource {
  if (isPicture(memory)) {
    return memory.buffer.createView({
      dimension: '2d',
      baseMipLevel: memory.mipLevel,
      mipLevelCount: 1,
      baseArrayLayer: memory.layer,
      arrayLayerCount: 1,
    });
  }
  const { buffer } = memory;
  return isExternalTexture(buffer) ? buffer : { buffer, ...part };
}
