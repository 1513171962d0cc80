// Times contestants. What one is, is said in contest.mjs.

/** A sample takes at least so many seconds: Dawn rounds GPU times to 100 µs, which is 1 % of it. */
const SHORTEST = 0.01;

/** And so many times as long as waiting for an idle queue, which is then at most 5 % of it. */
const WAITS = 20;

/** And so many steps of the clock, of which one is then 2 % of it: browsers round to as much as 1 ms. */
const STEPS = 50;

/**
 * Seconds without work after which a GPU may have lowered its clocks. An H100 left alone for 1.5 s had 0.43 of its
 * speed for 0.18 s; after 0.4 s it had all of it.
 */
const COLD = 0.1;

/** Seconds of work that raise them again. */
const HEATING = 0.25;

/** No more runs are put into one sample: what records them takes room for each. */
const MOST_REPEATS = 4096;

/**
 * @param device the device that contestants run on, unless they say how to wait for theirs
 */
export async function createClock(device) {
  const software = device.adapterInfo?.isFallbackAdapter ?? false;
  let idleSince = -Infinity;
  const timer = device.features.has('timestamp-query') ? createTimer(device) : undefined;
  const done = () => device.queue.onSubmittedWorkDone();
  const wait = await idleWait(device);
  const target = Math.max(SHORTEST, WAITS * wait, STEPS * clockStep());

  /** Records all runs into one pass, submits once, waits once. */
  async function timeRecording({ record }, repeats) {
    const start = performance.now();
    const encoder = device.createCommandEncoder({ label: 'bench' });
    const pass = encoder.beginComputePass({ label: 'bench', ...timer?.descriptor });
    for (let run = 0; run < repeats; run++) record(pass);
    pass.end();
    timer?.resolve(encoder);
    device.queue.submit([encoder.finish()]);
    await done();
    const wall = (performance.now() - start) / 1000;
    return { wall, gpu: await timer?.read() };
  }

  /** Starts all runs and waits once. What a run returns is awaited, if it is a promise. */
  async function timeRuns({ run, wait: finish = done }, repeats) {
    const start = performance.now();
    for (let turn = 0; turn < repeats; turn++) {
      const pending = run();
      if (pending) await pending;
    }
    await finish();
    return { wall: (performance.now() - start) / 1000 };
  }

  /** Only what the host does to record is timed. What was recorded is dropped, the uniforms are not. */
  async function timeHost({ host }, repeats) {
    const encoder = device.createCommandEncoder({ label: 'bench' });
    const pass = encoder.beginComputePass({ label: 'bench' });
    const start = performance.now();
    for (let run = 0; run < repeats; run++) host(pass);
    const wall = (performance.now() - start) / 1000;
    pass.end();
    encoder.finish();
    device.queue.submit([]);
    await done();
    return { wall };
  }

  /** Seconds of `repeats` runs by the wall, and by the GPU where it tells. */
  function timeOnce(contestant, repeats) {
    if (contestant.host) return timeHost(contestant, repeats);
    return contestant.record ? timeRecording(contestant, repeats) : timeRuns(contestant, repeats);
  }

  /** The same, on a GPU whose clocks are up, where the contestant works on it. */
  async function time(contestant, repeats) {
    const begin = performance.now();
    if (contestant.isGpu && !software && begin - idleSince > 1000 * COLD) {
      while (performance.now() - begin < 1000 * HEATING) await timeOnce(contestant, repeats);
    }
    const seconds = await timeOnce(contestant, repeats);
    if (contestant.isGpu) idleSince = performance.now();
    return seconds;
  }

  /** Warms a contestant up, and finds how many runs make a sample long enough. */
  async function calibrate(contestant) {
    const most = contestant.most ?? MOST_REPEATS;
    let repeats = contestant.host ? most : 1;
    // Drivers compile when a kernel first runs: that run tells nothing of the others.
    if (contestant.isGpu) await timeOnce(contestant, repeats);
    for (;;) {
      const { wall } = await time(contestant, repeats);
      if (wall >= target || repeats >= most) return { repeats, seconds: wall };
      const wanted = repeats * Math.min(16, (1.2 * target) / Math.max(wall, 1e-6));
      repeats = Math.min(most, Math.max(repeats + 1, Math.ceil(wanted)));
    }
  }

  return { time, calibrate, wait, hasTimer: timer !== undefined, destroy: () => timer?.destroy() };
}

/** Seconds that waiting takes where there is next to nothing to wait for. */
async function idleWait(device) {
  const seconds = [];
  for (let turn = 0; turn < 9; turn++) {
    const start = performance.now();
    device.queue.submit([device.createCommandEncoder().finish()]);
    await device.queue.onSubmittedWorkDone();
    seconds.push((performance.now() - start) / 1000);
  }
  return seconds.sort((a, b) => a - b)[4];
}

/** Seconds between two readings of the clock that differ: its resolution, or what a reading takes. */
function clockStep() {
  const steps = [];
  for (let turn = 0; turn < 5; turn++) {
    const start = performance.now();
    let now = start;
    while (now === start) now = performance.now();
    steps.push((now - start) / 1000);
  }
  return Math.min(...steps);
}

/** GPU timestamps at both ends of a pass. */
function createTimer(device) {
  const BYTES = 16; // two 64-bit counts of nanoseconds
  const label = 'bench timestamps';
  const querySet = device.createQuerySet({ label, type: 'timestamp', count: 2 });
  const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const resolved = device.createBuffer({ label, size: BYTES, usage: QUERY_RESOLVE | COPY_SRC });
  const staging = device.createBuffer({ label, size: BYTES, usage: COPY_DST | MAP_READ });
  return {
    descriptor: {
      timestampWrites: { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
    },
    resolve(encoder) {
      encoder.resolveQuerySet(querySet, 0, 2, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, staging, 0, BYTES);
    },
    /** Seconds between the two, or undefined where the device gives nonsense. */
    async read() {
      await staging.mapAsync(GPUMapMode.READ);
      const [begin, end] = new BigUint64Array(staging.getMappedRange().slice(0));
      staging.unmap();
      return end > begin ? Number(end - begin) / 1e9 : undefined;
    },
    destroy() {
      querySet.destroy();
      resolved.destroy();
      staging.destroy();
    },
  };
}
