import type { Binding } from './pieces.js';

/** Bind group layouts of chains, for all engines of a device. */
export interface Layouts {
  readonly groups: { readonly same: GPUBindGroupLayout; readonly other: GPUBindGroupLayout };
  readonly pipelines: { readonly same: GPUPipelineLayout; readonly other: GPUPipelineLayout };
}

export const COMPUTE = 0x4; // GPUShaderStage.COMPUTE

const layouts = new WeakMap<GPUDevice, Layouts>();

export function layoutsOf(device: GPUDevice): Layouts {
  const known = layouts.get(device);
  if (known) return known;
  const entry = (binding: number, buffer: GPUBufferBindingLayout): GPUBindGroupLayoutEntry => ({
    binding,
    visibility: COMPUTE,
    buffer,
  });
  const inPlace = [
    entry(0, { type: 'uniform', hasDynamicOffset: true }),
    entry(1, { type: 'storage' }),
  ];
  const outOfPlace = [...inPlace, entry(2, { type: 'read-only-storage' })];
  const group = (label: string, entries: GPUBindGroupLayoutEntry[]) =>
    device.createBindGroupLayout({ label: `webgpu-noise ${label}`, entries });
  const same = group('in place', inPlace);
  const other = group('out of place', outOfPlace);
  const pipeline = (layout: GPUBindGroupLayout) =>
    device.createPipelineLayout({ label: layout.label, bindGroupLayouts: [layout] });
  const made = {
    groups: { same, other },
    pipelines: { same: pipeline(same), other: pipeline(other) },
  };
  layouts.set(device, made);
  return made;
}

/** The buffers of one dispatch. */
export interface Bound {
  readonly uniforms: GPUBuffer;
  readonly uniformBytes: number;
  readonly target: GPUBuffer;
  readonly targetBinding: Binding;
  readonly source?: GPUBuffer | undefined;
  readonly sourceBinding?: Binding | undefined;
}

/** Ranges of one buffer that are remembered at a time; then the oldest makes room. */
export const MAX_REMEMBERED = 1024;

/** Makes bind groups and remembers them for as long as their buffers live. */
export function createBindings(device: GPUDevice) {
  type Ranges = Map<string, GPUBindGroup>;
  const byTarget = new WeakMap<WeakKey, WeakMap<GPUBuffer, Ranges>>();
  const numbers = new WeakMap<GPUBuffer, number>();
  let buffers = 0;

  const numberOf = (buffer: GPUBuffer) => {
    const number = numbers.get(buffer) ?? ++buffers;
    numbers.set(buffer, number);
    return number;
  };

  return {
    group(bound: Bound): GPUBindGroup {
      const groups = entryOf(byTarget, bound.target, () => new WeakMap<GPUBuffer, Ranges>());
      const ranges = entryOf(groups, bound.uniforms, () => new Map<string, GPUBindGroup>());
      const { targetBinding: to, sourceBinding: from } = bound;
      const parts = [bound.uniformBytes, to.offset, to.size];
      if (bound.source && from) parts.push(numberOf(bound.source), from.offset, from.size);
      const key = parts.join();
      const known = ranges.get(key);
      if (known) return known;
      if (ranges.size >= MAX_REMEMBERED) ranges.delete(ranges.keys().next().value!);
      const made = createGroup(device, bound);
      ranges.set(key, made);
      return made;
    },

    /** Forgets the groups of a target that the device has refused, so that it does so again. */
    forget(target: WeakKey) {
      byTarget.delete(target);
    },
  };
}

export type Bindings = ReturnType<typeof createBindings>;

function createGroup(device: GPUDevice, bound: Bound): GPUBindGroup {
  const { same, other } = layoutsOf(device).groups;
  const uniforms = { buffer: bound.uniforms, offset: 0, size: bound.uniformBytes };
  const entries: GPUBindGroupEntry[] = [
    { binding: 0, resource: uniforms },
    { binding: 1, resource: { buffer: bound.target, ...bound.targetBinding } },
  ];
  if (bound.source) {
    entries.push({ binding: 2, resource: { buffer: bound.source, ...bound.sourceBinding } });
  }
  const layout = bound.source ? other : same;
  return device.createBindGroup({ label: layout.label, layout, entries });
}

/** The value of a key, made where there is none yet. */
export function entryOf<K extends WeakKey, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
