import { describe, expect, it } from 'vitest';
import { noise, normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import * as exported from 'webgpu-noise/wgsl';
import { kernel, kernelName } from '../../src/kernel.js';
import { compileFailure } from '../../src/pipeline.js';
import { DEFAULTS, plan } from '../../src/plan.js';
import { shaders } from '../../src/shaders.js';
import { expectSameBits } from '../bits.js';
import { allKernels, textureKernels } from '../kernels.js';
import { testDevice } from './device.js';

const { device, buffer, read } = await testDevice();

const kernels = [
  ...allKernels(),
  ...textureKernels(['nothing', 'buffer', 'texture', 'external texture']),
];

describe('the kernels', () => {
  it('compile without errors or warnings', async () => {
    const compiled = kernels.map(async ({ name, code }) => {
      const { messages } = await device.createShaderModule({ code }).getCompilationInfo();
      return messages.map(({ message }) => `${name}: ${message}`);
    });
    expect((await Promise.all(compiled)).flat()).toEqual([]);
  });

  it('use every file of shaders/', () => {
    const used = new Set(kernels.flatMap(({ files }) => files));
    const all = [...shaders.values()].map(({ path }) => path);
    expect(all.filter((path) => !used.has(path))).toEqual([]);
  });

  it('have different names where their code differs', () => {
    const names = kernels.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('map a compiler’s message to file and line', async () => {
    const chain = plan([noise()], {}, DEFAULTS).stages[0]!;
    const choice = { barrier: 'xor', outOfPlace: false } as const;
    const linked = kernel(chain, choice);
    const code = linked.code.replace('return float_add(x,', 'return float_sum(x,');
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ code });
    const failure = await compileFailure('ready', kernelName(chain, choice), linked, module);
    await device.popErrorScope();
    expect(failure?.message).toMatch(
      /^ready: the kernel noise \(f32, exact, 10, xor\) must compile, got\nshaders\/op\/noise\.wgsl:\d+:\d+: error: .*float_sum/,
    );
  });
});

describe('webgpu-noise/wgsl', () => {
  it.each(Object.entries(exported))('%s compiles on its own', async (_, code) => {
    const module = device.createShaderModule({ code });
    expect((await module.getCompilationInfo()).messages).toEqual([]);
  });

  it('makes a kernel of one’s own that gives the engine’s bits', async () => {
    const code = `${exported.philoxWGSL}
      ${exported.normalWGSL}
      @group(0) @binding(0) var<storage, read_write> out: array<vec4f>;
      @group(0) @binding(1) var<uniform> zero: u32;
      @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
        barrier_zero = zero;
        let w = philox_4x32(vec4u(id.x, 0, 7, 0), vec2u(42, 0));
        out[id.x] = vec4f(normal_pair(w.x, w.y), normal_pair(w.z, w.w));
      }`;
    const module = device.createShaderModule({ code });
    const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
    const own = buffer(new Float32Array(1024));
    const zero = device.createBuffer({ size: 4, usage: GPUBufferUsage.UNIFORM });
    const entries = [own, zero].map((resource, binding) => ({
      binding,
      resource: { buffer: resource },
    }));
    const layout = pipeline.getBindGroupLayout(0);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
    pass.dispatchWorkgroups(4);
    pass.end();
    device.queue.submit([encoder.finish()]);
    const expected = new Float32Array(1024);
    createReferenceEngine({ seed: 42, stream: 7 }).chain([normal()]).run(expected);
    expectSameBits(await read(own, 'f32'), expected);
  });
});
