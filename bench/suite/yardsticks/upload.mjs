// Normals that the CPU makes, and their way to the GPU.

/** @param fill puts normals into a Float32Array */
export function uploaded(fill) {
  return {
    tasks: {
      async fill({ device, elements, target }) {
        const values = new Float32Array(elements);
        return {
          run() {
            fill(values);
            device.queue.writeBuffer(target, 0, values);
          },
          output() {
            fill(values);
            return values.subarray(0, 2 ** 20);
          },
        };
      },
    },
  };
}
