import type { Format } from '../format.js';
import type { Barrier } from '../kernel.js';
import { compileFailure } from '../pipeline.js';
import { type Reduction, reduceKernel, reduceName } from './kernel.js';

/** A pass's kernel on a device. */
export interface ReducePipeline {
  readonly pipeline: GPUComputePipeline;
  /** What keeps the kernel from compiling, naming the WGSL file and line. */
  readonly failure: () => Promise<Error | undefined>;
}

/** The pipelines of passes on a device. All passes have the same bindings. */
export interface ReducePipelines {
  readonly layout: GPUBindGroupLayout;
  of(reduction: Reduction, format: Format, barrier: Barrier): ReducePipeline;
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
  const layout = device.createBindGroupLayout({
    label,
    entries: [
      entry(0, { type: 'uniform', hasDynamicOffset: true }),
      entry(2, { type: 'read-only-storage' }),
      entry(3, { type: 'storage' }),
      entry(4, { type: 'read-only-storage' }),
    ],
  });
  const pipelineLayout = device.createPipelineLayout({ label, bindGroupLayouts: [layout] });
  const pipelines = new Map<string, ReducePipeline>();

  const create = (reduction: Reduction, format: Format, barrier: Barrier, name: string) => {
    const linked = reduceKernel(reduction, format, barrier);
    const module = device.createShaderModule({ label: `webgpu-noise ${name}`, code: linked.code });
    const pipeline = device.createComputePipeline({
      label: `webgpu-noise ${name}`,
      layout: pipelineLayout,
      compute: { module, entryPoint: 'main' },
    });
    return { pipeline, failure: () => compileFailure('measure', name, linked, module) };
  };

  return {
    layout,
    of(reduction, format, barrier) {
      const name = reduceName(reduction, format, barrier);
      const made = pipelines.get(name) ?? create(reduction, format, barrier, name);
      pipelines.set(name, made);
      return made;
    },
  };
}
