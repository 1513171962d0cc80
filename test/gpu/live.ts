/** A buffer of the library's that takes memory. */
interface Live {
  readonly label: string;
  readonly size: number;
}

/**
 * Watches the buffers that the library makes on a device: those that have neither been destroyed nor
 * collected with all that refers to them.
 */
export function watchBuffers(device: GPUDevice) {
  const live = new Map<number, Live>();
  const collected = new FinalizationRegistry<number>((id) => live.delete(id));
  let made = 0;
  const create = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    const { label = '', size } = descriptor;
    if (!label.startsWith('webgpu-noise')) return buffer;
    const id = made++;
    live.set(id, { label, size });
    collected.register(buffer, id);
    const destroy = buffer.destroy.bind(buffer);
    buffer.destroy = () => {
      live.delete(id);
      destroy();
    };
    return buffer;
  };

  return {
    /** How many were made so far. */
    get made() {
      return made;
    },
    /** What they are for, by their labels. */
    get labels() {
      return [...live.values()].map(({ label }) => label);
    },
    get count() {
      return live.size;
    },
    get bytes() {
      return [...live.values()].reduce((sum, { size }) => sum + size, 0);
    },
  };
}
