import type { Format } from '../format.js';
import type { Barrier } from '../kernel.js';
import { compileFailure } from '../pipeline.js';
import { type Pass, passKernel, passName } from './kernel.js';

/** A pass's kernel on a device. */
export interface ReducePipeline {
  readonly pipeline: GPUComputePipeline;
  /** What keeps the kernel from compiling, naming the WGSL file and line. */
  readonly failure: (call: string) => Promise<Error | undefined>;
}

/** The pipelines of passes on a device.  */
export interface ReducePipelines {
  /** The bindings of passes that read the elements, and of `scale`, which writes them. */
  readonly layouts: { readonly reads: GPUBindGroupLayout; readonly writes: GPUBindGroupLayout };
  of(pass: Pass, format: Format, barrier: Barrier): ReducePipeline;
}

const COMPUTE = 0x4; // GPUShaderStage.COMPUTE

const devices = new WeakMap<GPUDevice, ReducePipelines>();

/** The pipelines that all engines of a device share. */
export function reducePipelines(device: GPUDevice): ReducePipelines {
  const known = devices.get(device) ?? createPipelines(device);
  devices.set(device, known);
  return known;
}

function createPipelines(device: GPUDevice): ReducePipelines {
  const label = 'webgpu-noise reduce';
  const entry = (binding: number, buffer: GPUBufferBindingLayout): GPUBindGroupLayoutEntry => ({
    binding,
    visibility: COMPUTE,
    buffer,
  });
  const uniforms = entry(0, { type: 'uniform', hasDynamicOffset: true });
  const elements = entry(1, { type: 'storage' });
  const source = entry(2, { type: 'read-only-storage' });
  const records = entry(3, { type: 'storage' });
  const edges = entry(4, { type: 'read-only-storage' });
  const layouts = {
    reads: device.createBindGroupLayout({ label, entries: [uniforms, source, records, edges] }),
    writes: device.createBindGroupLayout({ label, entries: [uniforms, elements, records] }),
  };
  const pipelines = new Map<string, ReducePipeline>();

  const create = (pass: Pass, format: Format, barrier: Barrier, name: string) => {
    const linked = passKernel(pass, format, barrier);
    const module = device.createShaderModule({ label: `webgpu-noise ${name}`, code: linked.code });
    const bindings = pass === 'scale' ? layouts.writes : layouts.reads;
    const pipeline = device.createComputePipeline({
      label: `webgpu-noise ${name}`,
      layout: device.createPipelineLayout({ label, bindGroupLayouts: [bindings] }),
      compute: { module, entryPoint: 'main' },
    });
    return { pipeline, failure: (call: string) => compileFailure(call, name, linked, module) };
  };

  return {
    layouts,
    of(pass, format, barrier) {
      const name = passName(pass, format, barrier);
      const made = pipelines.get(name) ?? create(pass, format, barrier, name);
      pipelines.set(name, made);
      return made;
    },
  };
}
