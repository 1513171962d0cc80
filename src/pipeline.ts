import { type LinkedWGSL, locate } from './link.js';

/** What a pipeline is made of. */
export interface Kernel {
  readonly linked: LinkedWGSL;
  readonly layout: GPUPipelineLayout;
  /** Values of `override`s. */
  readonly constants?: Record<string, number>;
}

/** A kernel on a device. */
export interface Pipeline {
  /** The pipeline, compiled now if it was not yet. */
  get(): GPUComputePipeline;
  /** Compiles ahead, off the main thread. @throws {Error} what `failure` tells */
  ready(): Promise<void>;
  /**
   * What keeps the kernel from compiling, naming the WGSL file and line.
   *
   * @param call that messages name; default 'ready'
   */
  failure(call?: string): Promise<Error | undefined>;
}

const pipelines = new WeakMap<GPUDevice, Map<string, Pipeline>>();

/**
 * The pipeline of a kernel, which all engines of a device share.
 *
 * @param name tells kernels apart: equal names, equal kernels
 * @param make called once for each name
 */
export function pipelineOf(device: GPUDevice, name: string, make: () => Kernel): Pipeline {
  const known = pipelines.get(device) ?? new Map<string, Pipeline>();
  pipelines.set(device, known);
  const pipeline = known.get(name) ?? createPipeline(device, name, make);
  known.set(name, pipeline);
  return pipeline;
}

function createPipeline(device: GPUDevice, name: string, make: () => Kernel): Pipeline {
  const label = `webgpu-noise ${name}`;
  let kernel: Kernel | undefined;
  let module: GPUShaderModule | undefined;
  let pipeline: GPUComputePipeline | undefined;
  let compiling: Promise<GPUComputePipeline> | undefined;
  /** By call, so that each is told of one error only. */
  const failed = new Map<string, Promise<Error | undefined>>();

  const made = () => {
    kernel ??= make();
    return kernel;
  };
  const compiledModule = () => {
    if (module) return module;
    // What is wrong with it is told by `failure`.
    device.pushErrorScope('validation');
    module = device.createShaderModule({ label, code: made().linked.code });
    device.popErrorScope().catch(() => {});
    return module;
  };
  const descriptor = (): GPUComputePipelineDescriptor => {
    const { layout, constants = {} } = made();
    return { label, layout, compute: { module: compiledModule(), entryPoint: 'main', constants } };
  };
  const failure = (call = 'ready') => {
    const told = failed.get(call) ?? compileFailure(call, name, made().linked, compiledModule());
    failed.set(call, told);
    return told;
  };

  return {
    get: () => {
      pipeline ??= device.createComputePipeline(descriptor());
      return pipeline;
    },
    failure,
    ready: async () => {
      const error = await failure();
      if (error) throw error;
      if (pipeline) return;
      compiling ??= device.createComputePipelineAsync(descriptor());
      const compiled = await compiling;
      pipeline ??= compiled;
    },
  };
}

/** The compiler's errors, at the lines of the files they come from; or nothing. */
export async function compileFailure(
  call: string,
  name: string,
  linked: LinkedWGSL,
  module: GPUShaderModule,
): Promise<Error | undefined> {
  const { messages } = await module.getCompilationInfo();
  const lines = messages
    .filter(({ type }) => type === 'error')
    .map((m) => `${locate(linked, m.lineNum, m.linePos)}: ${m.type}: ${m.message}`);
  if (lines.length === 0) return undefined;
  return new Error(`${call}: the kernel ${name} must compile, got\n${lines.join('\n')}`);
}
