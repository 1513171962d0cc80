/** Buffers that live no longer than what refers to them, but can all be destroyed while they do. */
export function createWeakBuffers() {
  const held = new Set<WeakRef<GPUBuffer>>();
  const collected = new FinalizationRegistry<WeakRef<GPUBuffer>>((ref) => held.delete(ref));

  return {
    add(buffer: GPUBuffer): void {
      const ref = new WeakRef(buffer);
      held.add(ref);
      collected.register(buffer, ref);
    },

    destroy(): void {
      for (const ref of held) ref.deref()?.destroy();
      held.clear();
    },
  };
}
