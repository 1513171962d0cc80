// onnxruntime-web, with a model that is one RandomNormal.
import { watch } from '../errors.mjs';
import { randomNormalModel } from './onnxModel.mjs';

export const onnx = {
  name: 'onnxruntime-web',
  kind: 'cpu',
  package: 'onnxruntime-web',
  does: ['fill'],
  differs:
    'its WebGPU provider has no RandomNormal: WebAssembly makes it on one thread of the CPU, then it is uploaded; a new buffer for each run',
  async load() {
    const { env, InferenceSession } = await import('onnxruntime-web/webgpu');
    env.wasm.numThreads = 1;
    return {
      tasks: {
        async fill({ elements }) {
          const session = await InferenceSession.create(randomNormalModel(elements), {
            executionProviders: ['webgpu'],
            preferredOutputLocation: 'gpu-buffer',
          });
          const device = await env.webgpu.device;
          const errors = watch(device);
          return {
            async run() {
              const { z } = await session.run({});
              z.dispose();
            },
            wait: () => device.queue.onSubmittedWorkDone(),
            check: errors.check,
            async output() {
              const { z } = await session.run({});
              const values = await z.getData();
              z.dispose();
              return values.subarray(0, 2 ** 20);
            },
            close: () => session.release(),
          };
        },
      },
    };
  },
};
