import { multiplyOf } from './adapter.js';
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

/** A stage's pipelines: for any place in the noise, and a faster one for aligned places. */
export interface StagePipelines {
  readonly pipeline: Pipeline;
  /** Where the stage draws. */
  readonly aligned?: Pipeline | undefined;
}

/** The pipelines of a stage of a chain: stages of equal structure on one device share them. */
export function stagePipelines(
  { device, barrier }: { readonly device: GPUDevice; readonly barrier: Barrier },
  stage: Stage,
  form: KernelForm,
): StagePipelines {
  const { outOfPlace, textures } = form;
  const hardware = barrier === 'saturate';
  const quads = hardware && (form.quads ?? false);
  const choice = { ...form, quads, barrier, multiply: multiplyOf(device, barrier) };
  const varying = stage.varying.length;
  const of = (constants: Record<string, number>) =>
    pipelineOf(device, {
      name: kernelName(stage, choice),
      link: () => kernel(stage, choice),
      layout: () =>
        textures
          ? textureLayoutOf(device, textures, varying)
          : bufferLayoutOf(device, outOfPlace, varying),
      constants: {
        workgroup: workgroupOf(device),
        target_branches: Number(hardware),
        ...constants,
      },
    });
  if (stage.draws.length === 0) return { pipeline: of({}) };
  const draw = (aligned: boolean) =>
    of({ philox_rounds: stage.rounds, draw_aligned: Number(aligned) });
  return { pipeline: draw(false), aligned: draw(true) };
}
