import { bufferLayoutOf } from './bufferBindings.js';
import { type Barrier, type KernelForm, kernel, kernelName } from './kernel.js';
import { type Pipeline, pipelineOf } from './pipeline.js';
import type { Stage } from './plan.js';
import { textureLayoutOf } from './texture/bindings.js';

/** Invocations per workgroup: 256, or what a device of WebGPU's compatibility mode allows. */
export function workgroupOf({ limits }: GPUDevice): number {
  const { maxComputeInvocationsPerWorkgroup, maxComputeWorkgroupSizeX } = limits;
  return Math.min(256, maxComputeInvocationsPerWorkgroup, maxComputeWorkgroupSizeX);
}

/** The pipeline of a stage of a chain: stages of equal structure on one device share it. */
export function stagePipeline(
  { device, barrier }: { readonly device: GPUDevice; readonly barrier: Barrier },
  stage: Stage,
  form: KernelForm,
): Pipeline {
  const choice = { barrier, ...form };
  return pipelineOf(device, kernelName(stage, choice), () => {
    const constants: Record<string, number> = { workgroup: workgroupOf(device) };
    if (stage.draws.length > 0) constants.philox_rounds = stage.rounds;
    const { outOfPlace, textures } = form;
    const varying = stage.varying.length;
    const layout = textures
      ? textureLayoutOf(device, textures, varying)
      : bufferLayoutOf(device, outOfPlace, varying);
    return { linked: kernel(stage, choice), layout: layout.pipeline, constants };
  });
}
