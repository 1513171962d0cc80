import { layoutsOf } from './bindings.js';
import { type KernelChoice, kernel, kernelName } from './kernel.js';
import { type LinkedWGSL, locate } from './link.js';
import type { Plan } from './plan.js';

/** Invocations per workgroup; every device allows 256. */
export const WORKGROUP = 256;

/** A chain's kernel on a device. */
export interface ChainPipeline {
  /** The pipeline, compiled now if it was not yet. */
  get(): GPUComputePipeline;
  /** Compiles ahead, off the main thread. @throws {Error} naming the WGSL file and line */
  ready(): Promise<void>;
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
  let compiled: Promise<void> | undefined;

  const source = () => {
    linked ??= kernel(plan, choice);
    return linked;
  };
  const descriptor = (): GPUComputePipelineDescriptor => {
    module ??= device.createShaderModule({ label, code: source().code });
    const constants: Record<string, number> = { workgroup: WORKGROUP };
    if (plan.draws > 0) constants.philox_rounds = plan.rounds;
    const { same, other } = layoutsOf(device).pipelines;
    const layout = choice.outOfPlace ? other : same;
    return { label, layout, compute: { module, entryPoint: 'main', constants } };
  };
  const compile = async () => {
    const wanted = descriptor();
    const failure = module && (await compileFailure(name, source(), module));
    if (failure) throw failure;
    pipeline ??= await device.createComputePipelineAsync(wanted);
  };

  return {
    get: () => {
      pipeline ??= device.createComputePipeline(descriptor());
      return pipeline;
    },
    ready: () => {
      compiled ??= compile();
      return compiled;
    },
  };
}

/** The compiler's errors and warnings, at the lines of the files they come from; or nothing. */
export async function compileFailure(
  name: string,
  linked: LinkedWGSL,
  module: GPUShaderModule,
): Promise<Error | undefined> {
  const { messages } = await module.getCompilationInfo();
  const lines = messages
    .filter(({ type }) => type !== 'info')
    .map((m) => `${locate(linked, m.lineNum, m.linePos)}: ${m.type}: ${m.message}`);
  if (lines.length === 0) return undefined;
  return new Error(`ready: the kernel ${name} must compile, got\n${lines.join('\n')}`);
}
