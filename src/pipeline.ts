import { entryOf, type Layout } from './bindings.js';
import { type LinkedWGSL, locate } from './link.js';

/** What a pipeline is made of. */
export interface Kernel {
  /** Tells kernels apart: equal names, equal code. */
  readonly name: string;
  /** Called once for each name. */
  readonly link: () => LinkedWGSL;
  readonly layout: () => Layout;
  /** Values of `override`s. */
  readonly constants?: Readonly<Record<string, number>>;
}

/** A kernel on a device, with values for its overrides. */
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

/** The pipeline of a kernel, which all engines of a device share. */
export function pipelineOf(device: GPUDevice, kernel: Kernel): Pipeline {
  const { name, constants = {} } = kernel;
  const known = entryOf(pipelines, device, () => new Map<string, Pipeline>());
  const key = [name, ...Object.entries(constants)].join();
  const pipeline = known.get(key) ?? createPipeline(device, kernel);
  known.set(key, pipeline);
  return pipeline;
}

function createPipeline(device: GPUDevice, kernel: Kernel): Pipeline {
  let pipeline: GPUComputePipeline | undefined;
  let compiling: Promise<GPUComputePipeline> | undefined;

  const descriptor = (): GPUComputePipelineDescriptor => ({
    label: `webgpu-noise ${kernel.name}`,
    layout: kernel.layout().pipeline,
    compute: {
      module: moduleOf(device, kernel).module,
      entryPoint: 'main',
      ...(kernel.constants && { constants: kernel.constants }),
    },
  });
  const failure = (call = 'ready') => moduleOf(device, kernel).failure(call);

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
      try {
        const compiled = await compiling;
        pipeline ??= compiled;
      } finally {
        // What failed may succeed when it is asked again.
        compiling = undefined;
      }
    },
  };
}

/** A kernel's code on a device. */
interface Module {
  readonly module: GPUShaderModule;
  failure(call: string): Promise<Error | undefined>;
}

const modules = new WeakMap<GPUDevice, Map<string, Module>>();

/** The module of a kernel, whatever the values of its overrides. */
function moduleOf(device: GPUDevice, { name, link }: Kernel): Module {
  const known = entryOf(modules, device, () => new Map<string, Module>());
  const made = known.get(name) ?? createModule(device, name, link());
  known.set(name, made);
  return made;
}

function createModule(device: GPUDevice, name: string, linked: LinkedWGSL): Module {
  // What is wrong with it is told by `failure`.
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label: `webgpu-noise ${name}`, code: linked.code });
  device.popErrorScope().catch(() => {});
  /** By call, so that each is told of one error only. */
  const told = new Map<string, Promise<Error | undefined>>();
  return {
    module,
    failure(call) {
      const found = told.get(call) ?? compileFailure(call, name, linked, module);
      told.set(call, found);
      return found;
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
