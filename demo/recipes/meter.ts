/** Seconds that the GPU spent in compute passes, and how many there were. */
export interface Spent {
  readonly noise: number;
  readonly all: number;
  readonly noisePasses: number;
}

/** Timestamps in a query set; WebGPU allows no more. */
const QUERIES = 4096;

/** Passes of the engine have labels that begin so. */
const OWN = 'webgpu-noise';

/** Measures until it is ended. Only one may measure a device at a time. */
export interface Meter {
  end(): void;
  /** What was found; nothing where the device has no timestamps. */
  read(): Promise<Spent | undefined>;
}

/**
 * Measures by timestamps how long the compute passes of a device take, from now on: the noise engine's,
 * told by their labels, and all together with the framework's.
 */
export function createMeter(device: GPUDevice): Meter {
  if (!device.features.has('timestamp-query')) return { end() {}, read: async () => undefined };
  const sets: GPUQuerySet[] = [];
  const labels: string[] = [];

  /** Where the next pass writes when it begins and ends. */
  function timestamps(label = ''): GPUComputePassTimestampWrites {
    const index = (2 * labels.length) % QUERIES;
    if (index === 0) sets.push(device.createQuerySet({ type: 'timestamp', count: QUERIES }));
    labels.push(label);
    return {
      querySet: sets.at(-1)!,
      beginningOfPassWriteIndex: index,
      endOfPassWriteIndex: index + 1,
    };
  }

  device.createCommandEncoder = (descriptor) => {
    const encoder = GPUDevice.prototype.createCommandEncoder.call(device, descriptor);
    encoder.beginComputePass = (wanted = {}) =>
      GPUCommandEncoder.prototype.beginComputePass.call(encoder, {
        ...wanted,
        // ONNX Runtime gives it, as undefined.
        timestampWrites: wanted.timestampWrites ?? timestamps(wanted.label),
      });
    return encoder;
  };

  return {
    end: () => void Reflect.deleteProperty(device, 'createCommandEncoder'),

    async read() {
      const times = await Promise.all(sets.map((set) => timesOf(device, set)));
      const spent = { noise: 0, all: 0, noisePasses: 0 };
      for (const [pass, label] of labels.entries()) {
        const set = times[Math.floor((2 * pass) / QUERIES)]!;
        const index = (2 * pass) % QUERIES;
        const seconds = Number(set[index + 1]! - set[index]!) / 1e9;
        spent.all += seconds;
        if (!label.startsWith(OWN)) continue;
        spent.noise += seconds;
        spent.noisePasses++;
      }
      return spent;
    },
  };
}

/** The timestamps of a set, in nanoseconds. */
async function timesOf(device: GPUDevice, set: GPUQuerySet): Promise<BigUint64Array> {
  const size = 8 * QUERIES;
  const resolved = device.createBuffer({
    size,
    usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
  });
  const staging = device.createBuffer({
    size,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  });
  const encoder = device.createCommandEncoder();
  encoder.resolveQuerySet(set, 0, QUERIES, resolved, 0);
  encoder.copyBufferToBuffer(resolved, 0, staging, 0, size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const times = new BigUint64Array(staging.getMappedRange().slice(0));
  for (const made of [resolved, staging]) made.destroy(); // the framework may yet submit with the set
  return times;
}
