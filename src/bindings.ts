import type { Binding } from './pieces.js';

/** What the bind group of a kernel holds. */
export interface Slots {
  /** Whether the kernel reads from a buffer other than the one it writes. */
  readonly outOfPlace: boolean;
  /** Parameters that vary, each in a buffer of its own. */
  readonly varying: number;
}

/** The binding of the first parameter that varies. */
export const FIRST_VARYING = 3;

export interface Layout {
  readonly group: GPUBindGroupLayout;
  readonly pipeline: GPUPipelineLayout;
}

export const COMPUTE = 0x4; // GPUShaderStage.COMPUTE

const layouts = new WeakMap<GPUDevice, Map<string, Layout>>();

/** The layout of a kernel's bind group, one for all engines of a device. */
export function layoutOf(device: GPUDevice, { outOfPlace, varying }: Slots): Layout {
  const known = entryOf(layouts, device, () => new Map<string, Layout>());
  const label = `webgpu-noise ${outOfPlace ? 'out of' : 'in'} place, ${varying} varying`;
  const layout = known.get(label);
  if (layout) return layout;
  const entry = (binding: number, buffer: GPUBufferBindingLayout): GPUBindGroupLayoutEntry => ({
    binding,
    visibility: COMPUTE,
    buffer,
  });
  const entries = [
    entry(0, { type: 'uniform', hasDynamicOffset: true }),
    entry(1, { type: 'storage' }),
    ...(outOfPlace ? [entry(2, { type: 'read-only-storage' })] : []),
    ...Array.from({ length: varying }, (_, i) =>
      entry(FIRST_VARYING + i, { type: 'read-only-storage' }),
    ),
  ];
  const group = device.createBindGroupLayout({ label, entries });
  const pipeline = device.createPipelineLayout({ label, bindGroupLayouts: [group] });
  const made = { group, pipeline };
  known.set(label, made);
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
  /** The numbers of the parameters that vary: the first `size` bytes of each buffer. */
  readonly varying: readonly { readonly buffer: GPUBuffer; readonly size: number }[];
}

/**
 * Ranges of one buffer that are remembered at a time; then the oldest makes room. All weights of a
 * model may lie in one buffer.
 */
export const MAX_REMEMBERED = 8192;

/** Numbers objects, the same one always the same. */
export function createNumbers(): (object: WeakKey) => number {
  const numbers = new WeakMap<WeakKey, number>();
  let count = 0;
  return (object) => {
    const number = numbers.get(object) ?? ++count;
    numbers.set(object, number);
    return number;
  };
}

/** Makes bind groups and remembers them for as long as their buffers live. */
export function createBindings(device: GPUDevice) {
  type Ranges = Map<string, GPUBindGroup>;
  const byTarget = new WeakMap<WeakKey, WeakMap<GPUBuffer, Ranges>>();
  const numberOf = createNumbers();

  return {
    group(bound: Bound): GPUBindGroup {
      const groups = entryOf(byTarget, bound.target, () => new WeakMap<GPUBuffer, Ranges>());
      const ranges = entryOf(groups, bound.uniforms, () => new Map<string, GPUBindGroup>());
      const { targetBinding: to, sourceBinding: from } = bound;
      const parts = [bound.uniformBytes, to.offset, to.size];
      if (bound.source && from) parts.push(numberOf(bound.source), from.offset, from.size);
      for (const { buffer, size } of bound.varying) parts.push(numberOf(buffer), size);
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
  const { source, varying } = bound;
  const slots = { outOfPlace: source !== undefined, varying: varying.length };
  const { group: layout } = layoutOf(device, slots);
  const uniforms = { buffer: bound.uniforms, offset: 0, size: bound.uniformBytes };
  const entries: GPUBindGroupEntry[] = [
    { binding: 0, resource: uniforms },
    { binding: 1, resource: { buffer: bound.target, ...bound.targetBinding } },
    ...varying.map((resource, i) => ({ binding: FIRST_VARYING + i, resource })),
  ];
  if (source) entries.push({ binding: 2, resource: { buffer: source, ...bound.sourceBinding } });
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
