import { USAGE } from '../buffer.js';
import { type Format, formats } from '../format.js';
import type { Barrier } from '../kernel.js';
import { pieces } from '../pieces.js';
import { keyOf } from '../reference/fixed.js';
import type { ResolvedRange } from '../target.js';
import type { Uniforms } from '../uniforms.js';
import type { Groups } from './groups.js';
import type { Reduction } from './kernel.js';
import { reducePipelines } from './pipeline.js';
import { recordWords } from './record.js';
import { packWalks, partsOf, WALK_BYTES } from './walk.js';

/** What to reduce. */
export interface ReduceJob {
  readonly range: ResolvedRange<GPUBuffer>;
  readonly format: Format;
  readonly groups: Groups;
  /** Edges of a histogram, rising; none without one. */
  readonly edges: Float32Array;
}

/** What a reducer needs of its engine. */
export interface ReducerHost {
  readonly device: GPUDevice;
  readonly barrier: Barrier;
  readonly uniforms: Uniforms;
}

const { STORAGE, COPY_SRC, COPY_DST } = USAGE;

/**
 * Reduces the groups of a range to a record each (see record.ts), in a new buffer that the caller
 * destroys. Later passes may use it without reading it back. Submits; does not wait.
 */
export function reduceOnGPU(host: ReducerHost, job: ReduceJob): GPUBuffer {
  const { device } = host;
  const { range, groups, edges } = job;
  const bins = Math.max(0, edges.length - 1);
  const bytes = 4 * recordWords(bins) * groups.count;
  const records = storage(device, 'records', Math.max(4, bytes), COPY_SRC);
  const cut = pieces({ target: range }, formats[job.format].bytes, 64, device.limits);
  if (cut.length === 0) return records;

  const keys = storage(device, 'edges', 4 * Math.max(1, edges.length), COPY_DST);
  device.queue.writeBuffer(keys, 0, Uint32Array.from(edges, keyOf));
  const slot = host.uniforms.forSubmit(WALK_BYTES * cut.length);
  device.queue.writeBuffer(slot.buffer, slot.offset, packWalks(groups, bins, cut));
  const workgroups = grid(groups.count * partsOf(groups), device.limits);

  const encoder = device.createCommandEncoder({ label: 'webgpu-noise reduce' });
  const pass = encoder.beginComputePass({ label: 'webgpu-noise reduce' });
  const pipelines = reducePipelines(device);
  const bound = cut.map(({ target }) =>
    device.createBindGroup({
      label: 'webgpu-noise reduce',
      layout: pipelines.layout,
      entries: [
        { binding: 0, resource: { buffer: slot.buffer, size: WALK_BYTES } },
        { binding: 2, resource: { buffer: range.buffer, ...target } },
        { binding: 3, resource: { buffer: records } },
        { binding: 4, resource: { buffer: keys } },
      ],
    }),
  );
  for (const reduction of passesOf(edges)) {
    pass.setPipeline(pipelines.of(reduction, job.format, host.barrier).pipeline);
    for (const [index, group] of bound.entries()) {
      pass.setBindGroup(0, group, [slot.offset + index * WALK_BYTES]);
      pass.dispatchWorkgroups(...workgroups);
    }
  }
  pass.end();
  device.queue.submit([encoder.finish()]);
  keys.destroy();
  return records;
}

/** The passes of a job, in the order in which they run: each may use what the one before it left. */
export function passesOf(edges: Float32Array): Reduction[] {
  return edges.length > 0 ? ['extremes', 'moments', 'histogram'] : ['extremes', 'moments'];
}

function storage(device: GPUDevice, label: string, size: number, usage: number): GPUBuffer {
  return device.createBuffer({ label: `webgpu-noise ${label}`, size, usage: STORAGE | usage });
}

/** At least this many workgroups, in a shape that the device takes. */
function grid(
  workgroups: number,
  { maxComputeWorkgroupsPerDimension }: GPUSupportedLimits,
): [x: number, y: number] {
  const x = Math.min(workgroups, maxComputeWorkgroupsPerDimension);
  return [x, Math.ceil(workgroups / x)];
}
