/** How a kernel is bound. */
export interface Layout {
  readonly group: GPUBindGroupLayout;
  readonly pipeline: GPUPipelineLayout;
}

/** What a binding of a layout is, all but its visibility. */
export type LayoutEntry = Omit<GPUBindGroupLayoutEntry, 'visibility'>;

/** The binding of the first parameter that varies: after uniforms, target and source. */
export const FIRST_VARYING = 3;

const COMPUTE = 0x4; // GPUShaderStage.COMPUTE

const layouts = new WeakMap<GPUDevice, Map<string, Layout>>();

/**
 * A layout, one for all engines of a device.
 *
 * @param name tells layouts apart: equal names, equal entries
 * @param entries called once for each name
 */
export function layoutOf(
  device: GPUDevice,
  name: string,
  entries: () => readonly LayoutEntry[],
): Layout {
  const known = entryOf(layouts, device, () => new Map<string, Layout>());
  const made = known.get(name) ?? createLayout(device, `webgpu-noise ${name}`, entries());
  known.set(name, made);
  return made;
}

function createLayout(device: GPUDevice, label: string, list: readonly LayoutEntry[]): Layout {
  const entries = list.map((entry) => ({ visibility: COMPUTE, ...entry }));
  const group = device.createBindGroupLayout({ label, entries });
  return { group, pipeline: device.createPipelineLayout({ label, bindGroupLayouts: [group] }) };
}

/** The entries of `count` parameters that vary, each in a buffer of its own. */
export function varyingEntries(count: number): LayoutEntry[] {
  return Array.from({ length: count }, (_, i) => ({
    binding: FIRST_VARYING + i,
    buffer: { type: 'read-only-storage' },
  }));
}

/** The numbers of a parameter that varies: `size` bytes of a buffer. */
export interface Numbers {
  readonly buffer: GPUBuffer;
  /** Default 0. */
  readonly offset?: number;
  readonly size: number;
}

/**
 * Ranges of the same buffers that are remembered at a time; then the oldest makes room. All weights of
 * a model may lie in one buffer.
 */
const MAX_REMEMBERED = 8192;

/** Groups by what they bind; they live no longer than any of it. */
interface Shelf {
  readonly next: WeakMap<WeakKey, Shelf>;
  readonly groups: Map<string, GPUBindGroup>;
}

const shelf = (): Shelf => ({ next: new WeakMap(), groups: new Map() });

/** Makes bind groups and remembers them for as long as all that they bind lives. */
export function createBindings(device: GPUDevice) {
  const root = shelf();
  const names = new WeakMap<Layout, number>();
  let count = 0;

  const nameOf = (layout: Layout) => {
    const name = names.get(layout) ?? ++count;
    names.set(layout, name);
    return name;
  };

  return {
    /**
     * @param memory the buffers and textures that are bound, the written one first
     * @param parts what of them is bound, in numbers
     * @param entries called where there is no such group yet
     */
    group(
      layout: Layout,
      memory: readonly WeakKey[],
      parts: readonly (number | undefined)[],
      entries: () => GPUBindGroupEntry[],
    ): GPUBindGroup {
      const { groups } = memory.reduce((at: Shelf, each) => entryOf(at.next, each, shelf), root);
      const key = `${nameOf(layout)}:${parts}`;
      const known = groups.get(key);
      if (known) return known;
      if (groups.size >= MAX_REMEMBERED) groups.delete(groups.keys().next().value!);
      const { label } = layout.group;
      const made = device.createBindGroup({ label, layout: layout.group, entries: entries() });
      groups.set(key, made);
      return made;
    },

    /** Forgets the groups that write what the device has refused, so that it does so again. */
    forget(written: WeakKey) {
      root.next.delete(written);
    },
  };
}

export type Bindings = ReturnType<typeof createBindings>;

/** The value of a key, made where there is none yet. */
export function entryOf<K extends WeakKey, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
