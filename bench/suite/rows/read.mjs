// From the GPU to the CPU.

export const read = {
  name: 'read',
  title: 'read f32 back',
  bytes: (elements) => ({ read: 4 * elements, written: 4 * elements }),
  async contestants(bench) {
    const { device, engine, elements: count } = bench;
    const buffer = await bench.buffer(4 * count);
    const staged = async () => ({ run: () => readByHand(device, buffer, 4 * count) });
    return [
      {
        name: 'read',
        kind: 'ours',
        open: async () => ({ run: () => engine.read({ buffer, count }) }),
      },
      { name: 'a new staging buffer each time', kind: 'unfused', open: staged },
    ];
  },
};

async function readByHand(device, buffer, size) {
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const staging = device.createBuffer({ label: 'bench staging', size, usage });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, staging, 0, size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const values = new Float32Array(staging.getMappedRange().slice(0));
  staging.destroy();
  return values;
}
