// TensorFlow.js on its WebGPU backend.
import { watch } from '../errors.mjs';

export const tfjs = {
  name: 'tfjs-webgpu',
  kind: 'peer',
  package: '@tensorflow/tfjs-backend-webgpu',
  does: ['fill', 'add', 'clip', 'moments'],
  differs:
    'randomNormal is a loop in JavaScript (polar method over the Alea generator), then an upload; a kernel and a new buffer for each op',
  async load() {
    const tf = await import('@tensorflow/tfjs-core');
    await import('@tensorflow/tfjs-backend-webgpu');
    if (!(await tf.setBackend('webgpu'))) throw new Error('its webgpu backend could not be set');
    const backend = tf.backend();
    const { device } = backend;
    const errors = watch(device);

    /** Starts what is waiting for more: tfjs collects commands. The order of the three matters. */
    function flush() {
      backend.ensureCommandEncoderReady();
      backend.endComputePassEncoder();
      backend.submitQueue();
    }

    function contestant(make, input) {
      return {
        isGpu: false, // but for a little
        run() {
          const made = tf.tidy(make);
          backend.uploadToGPU(made.dataId); // where it is still on the CPU
          flush();
          made.dispose();
        },
        wait: () => device.queue.onSubmittedWorkDone(),
        check: errors.check,
        async output() {
          const made = tf.tidy(make);
          const values = await made.data();
          made.dispose();
          return values.subarray(0, 2 ** 20);
        },
        close: () => input?.dispose(),
      };
    }

    const tasks = {
      fill: async ({ elements }) => contestant(() => tf.randomNormal([elements])),
      async add({ elements, std }) {
        const x = tf.zeros([elements]);
        return contestant(() => tf.add(x, tf.randomNormal([elements], 0, std)), x);
      },
      async clip({ elements, std, min, max }) {
        const x = tf.zeros([elements]);
        const noisy = () => tf.add(x, tf.randomNormal([elements], 0, std));
        return contestant(() => tf.clipByValue(noisy(), min, max), x);
      },
      async moments({ elements }) {
        const x = tf.randomNormal([elements]);
        backend.uploadToGPU(x.dataId);
        async function run() {
          const { mean, variance } = tf.tidy(() => tf.moments(x));
          await Promise.all([mean.data(), variance.data()]);
          mean.dispose();
          variance.dispose();
        }
        return { run, check: errors.check, close: () => x.dispose() };
      },
    };
    return { tasks };
  },
};
