import { createNoiseEngine } from 'webgpu-noise';
import { USAGE } from '../../src/buffer.js';
import { testKernel } from './counter.js';
import type { Fill } from './suite.js';

/** What is broken: see wgsl/mutants.wgsl. */
export type Mutation = Readonly<
  Partial<{
    rounds: number;
    radius_stuck: number;
    angle_stuck: number;
    shared_angle: boolean;
    shared_radius: boolean;
    lost_sign: boolean;
    lost_stream: boolean;
  }>
>;

/** Fills with the normals of a broken generator, or with nothing broken, those of the engine. */
export function mutantFill(device: GPUDevice, seed: number, mutation: Mutation = {}): Fill {
  const { barrier } = createNoiseEngine(device);
  const module = device.createShaderModule({ code: testKernel('mutants', { barrier }) });
  const constants = Object.fromEntries(
    Object.entries(mutation).map(([name, value]) => [name, Number(value)]),
  );
  const compute = { module, constants };
  const pipeline = device.createComputePipeline({ layout: 'auto', compute });
  const layout = pipeline.getBindGroupLayout(0);
  const params = device.createBuffer({ size: 32, usage: USAGE.UNIFORM | USAGE.COPY_DST });
  return (buffer, count, which, position) => {
    const blocks = count / 4;
    const words = Uint32Array.of(0, blocks, Number(position) / 4, which, seed, 0, 0, 0);
    device.queue.writeBuffer(params, 0, words);
    const entries = [params, buffer].map((bound, binding) => ({
      binding,
      resource: { buffer: bound },
    }));
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
    pass.dispatchWorkgroups(Math.ceil(blocks / 256));
    pass.end();
    device.queue.submit([encoder.finish()]);
  };
}
