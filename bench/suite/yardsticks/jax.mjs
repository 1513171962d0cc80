// jax-js: arrays in the manner of JAX, on WebGPU.
import { watch } from '../errors.mjs';

export const jax = {
  name: 'jax-js',
  kind: 'peer',
  package: '@jax-js/jax',
  does: ['fill', 'add', 'clip', 'moments'],
  differs:
    'Threefry-2x32 and the inverse error function; results in new buffers; add, clip and moments under jit',
  async load() {
    const { defaultDevice, getWebGPUDevice, init, jit, numpy, random } = await import(
      '@jax-js/jax'
    );
    const devices = await init();
    if (!devices.includes('webgpu')) throw new Error(`it offers ${devices.join(', ')}, not webgpu`);
    defaultDevice('webgpu');
    const device = await getWebGPUDevice();
    const errors = watch(device);
    const key = random.key(42);

    const normals = (count) => random.normal(key.ref, [count]);

    /** Starts the work behind an array, which is lazy, and lets the array go. */
    function start(array) {
      array.ref.gpuBufferSync();
      array.dispose();
    }

    function contestant(make, input) {
      return {
        run: () => start(make()),
        wait: () => device.queue.onSubmittedWorkDone(),
        check: errors.check,
        output: async () => (await make().data()).subarray(0, 2 ** 20),
        close: () => input?.dispose(),
      };
    }

    const tasks = {
      fill: async ({ elements }) => contestant(() => normals(elements)),
      async add({ elements, std }) {
        const x = numpy.zeros([elements]);
        await x.blockUntilReady();
        const step = jit((x, key) => x.add(random.normal(key, [elements]).mul(std)));
        return contestant(() => step(x.ref, key.ref), x);
      },
      async clip({ elements, std, min, max }) {
        const x = numpy.zeros([elements]);
        await x.blockUntilReady();
        const step = jit((x, key) =>
          numpy.clip(x.add(random.normal(key, [elements]).mul(std)), min, max),
        );
        return contestant(() => step(x.ref, key.ref), x);
      },
      async moments({ elements }) {
        const x = normals(elements);
        await x.blockUntilReady();
        const find = jit((x) => [numpy.mean(x.ref), numpy.var_(x)]);
        const run = async () => {
          for (const each of find(x.ref)) await each.data();
        };
        return { run, check: errors.check, close: () => x.dispose() };
      },
    };
    return { tasks, close: () => key.dispose() };
  },
};
