import {
  type Bound,
  COMPUTE,
  createNumbers,
  entryOf,
  FIRST_VARYING,
  MAX_REMEMBERED,
} from '../bindings.js';
import type { Binding, Piece } from '../pieces.js';
import type { TextureKernel } from './kernel.js';
import { isExternalTexture } from './range.js';
import { isPicture, type Memory, type ResolvedTextureTarget } from './target.js';

/** How a kernel with textures is bound. */
export interface TextureLayout {
  readonly group: GPUBindGroupLayout;
  readonly pipeline: GPUPipelineLayout;
}

type Entry = Omit<GPUBindGroupLayoutEntry, 'binding' | 'visibility'>;

const SOURCES: { readonly [S in TextureKernel['source']]: readonly Entry[] } = {
  nothing: [],
  buffer: [{ buffer: { type: 'read-only-storage' } }],
  // Loading needs no filter, and rgba32float may have none.
  texture: [{ texture: { sampleType: 'unfilterable-float' } }],
  'external texture': [{ externalTexture: {} }],
};

const layouts = new WeakMap<GPUDevice, Map<string, TextureLayout>>();

/** The layout of a kernel, for all engines of a device. */
export function textureLayoutOf(
  device: GPUDevice,
  { source, target }: TextureKernel,
  varying: number,
): TextureLayout {
  const known = entryOf(layouts, device, () => new Map<string, TextureLayout>());
  const name = `webgpu-noise ${source} to ${target}, ${varying} varying`;
  const layout = known.get(name) ?? createLayout(device, name, source, target, varying);
  known.set(name, layout);
  return layout;
}

function createLayout(
  device: GPUDevice,
  label: string,
  source: TextureKernel['source'],
  target: TextureKernel['target'],
  varying: number,
): TextureLayout {
  const list: Entry[] = [
    { buffer: { type: 'uniform', hasDynamicOffset: true } },
    target === 'buffer'
      ? { buffer: { type: 'storage' } }
      : { storageTexture: { access: 'write-only', format: target } },
    ...SOURCES[source],
  ];
  const numbers = Array.from({ length: varying }, (_, i) => ({
    binding: FIRST_VARYING + i,
    visibility: COMPUTE,
    buffer: { type: 'read-only-storage' } as const,
  }));
  const entries = list.map((entry, binding) => ({ binding, visibility: COMPUTE, ...entry }));
  const group = device.createBindGroupLayout({ label, entries: [...entries, ...numbers] });
  return { group, pipeline: device.createPipelineLayout({ label, bindGroupLayouts: [group] }) };
}

/** The uniforms of a dispatch, and the numbers of the parameters that vary. */
export interface TextureUniforms {
  readonly uniforms: GPUBuffer;
  readonly bytes: number;
  readonly varying: Bound['varying'];
}

/** Makes bind groups with textures and remembers them for as long as what they bind lives. */
export function createTextureBindings(device: GPUDevice) {
  type Groups = Map<string, GPUBindGroup>;
  type ByUniforms = WeakMap<GPUBuffer, Groups>;
  const byTarget = new WeakMap<WeakKey, WeakMap<WeakKey, ByUniforms>>();
  const numberOf = createNumbers();

  return {
    group(
      { textures, target, source }: ResolvedTextureTarget,
      piece: Piece,
      { uniforms, bytes, varying }: TextureUniforms,
    ): GPUBindGroup {
      const bySource = entryOf(byTarget, target.buffer, () => new WeakMap<WeakKey, ByUniforms>());
      const from = source ?? target;
      const byUniforms = entryOf(bySource, from.buffer, () => new WeakMap<GPUBuffer, Groups>());
      const groups = entryOf(byUniforms, uniforms, () => new Map<string, GPUBindGroup>());
      const bound = [
        ...partOf(target, piece.target),
        ...(source ? partOf(source, piece.source) : []),
      ];
      const numbers = varying.flatMap(({ buffer, size }) => [numberOf(buffer), size]);
      const key = [bytes, ...bound, ...numbers].join();
      const known = groups.get(key);
      if (known) return known;
      if (groups.size >= MAX_REMEMBERED) groups.delete(groups.keys().next().value!);
      const { group: layout } = textureLayoutOf(device, textures, varying.length);
      const resources: GPUBindingResource[] = [
        { buffer: uniforms, offset: 0, size: bytes },
        resourceOf(target, piece.target),
      ];
      if (source) resources.push(resourceOf(source, piece.source));
      const entries = resources.map((resource, binding) => ({ binding, resource }));
      for (const [i, resource] of varying.entries()) {
        entries.push({ binding: FIRST_VARYING + i, resource });
      }
      const made = device.createBindGroup({ label: layout.label, layout, entries });
      groups.set(key, made);
      return made;
    },

    /** Forgets the groups of a target that the device has refused, so that it does so again. */
    forget(target: WeakKey) {
      byTarget.delete(target);
    },
  };
}

export type TextureBindings = ReturnType<typeof createTextureBindings>;

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
