import { layoutOf } from './bindings.js';
import { type KernelChoice, kernel, kernelName } from './kernel.js';
import { type LinkedWGSL, locate } from './link.js';
import type { Plan } from './plan.js';
import { textureLayoutOf } from './texture/bindings.js';

/** Invocations per workgroup: 256, or what a device of WebGPU's compatibility mode allows. */
export function workgroupOf({ limits }: GPUDevice): number {
  const { maxComputeInvocationsPerWorkgroup, maxComputeWorkgroupSizeX } = limits;
  return Math.min(256, maxComputeInvocationsPerWorkgroup, maxComputeWorkgroupSizeX);
}

/** A chain's kernel on a device. */
export interface ChainPipeline {
  /** The pipeline, compiled now if it was not yet. */
  get(): GPUComputePipeline;
  /** Compiles ahead, off the main thread. @throws {Error} what `failure` tells */
  ready(): Promise<void>;
  /** What keeps the kernel from compiling, naming the WGSL file and line. */
  failure(): Promise<Error | undefined>;
}

const pipelines = new WeakMap<GPUDevice, Map<string, ChainPipeline>>();

/** The pipeline of a plan: chains of equal structure on one device share it. */
export function pipelineOf(device: GPUDevice, plan: Plan, choice: KernelChoice): ChainPipeline {
  const known = pipelines.get(device) ?? new Map<string, ChainPipeline>();
  pipelines.set(device, known);
  const name = kernelName(plan, choice);
  const pipeline = known.get(name) ?? createPipeline(device, name, plan, choice);
  known.set(name, pipeline);
  return pipeline;
}

function createPipeline(
  device: GPUDevice,
  name: string,
  plan: Plan,
  choice: KernelChoice,
): ChainPipeline {
  const label = `webgpu-noise ${name}`;
  let linked: LinkedWGSL | undefined;
  let module: GPUShaderModule | undefined;
  let pipeline: GPUComputePipeline | undefined;
  let compiling: Promise<GPUComputePipeline> | undefined;
  let failed: Promise<Error | undefined> | undefined;

  const source = () => {
    linked ??= kernel(plan, choice);
    return linked;
  };
  const compiledModule = () => {
    if (module) return module;
    // What is wrong with it is told by `failure`.
    device.pushErrorScope('validation');
    module = device.createShaderModule({ label, code: source().code });
    device.popErrorScope().catch(() => {});
    return module;
  };
  const descriptor = (): GPUComputePipelineDescriptor => {
    const constants: Record<string, number> = { workgroup: workgroupOf(device) };
    if (plan.draws.length > 0) constants.philox_rounds = plan.rounds;
    return {
      label,
      layout: pipelineLayout(device, choice, plan.varying.length),
      compute: { module: compiledModule(), entryPoint: 'main', constants },
    };
  };
  const failure = () => {
    failed ??= compileFailure('ready', name, source(), compiledModule());
    return failed;
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

function pipelineLayout(
  device: GPUDevice,
  { outOfPlace, textures }: KernelChoice,
  varying: number,
): GPUPipelineLayout {
  const layout = textures
    ? textureLayoutOf(device, textures, varying)
    : layoutOf(device, { outOfPlace, varying });
  return layout.pipeline;
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
