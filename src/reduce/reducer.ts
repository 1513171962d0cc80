import { USAGE } from '../buffer.js';
import { type Format, formats } from '../format.js';
import type { Barrier } from '../kernel.js';
import { type Piece, pieces } from '../pieces.js';
import { keyOf } from '../reference/fixed.js';
import type { ResolvedRange } from '../target.js';
import type { Uniforms } from '../uniforms.js';
import type { Groups } from './groups.js';
import type { Pass } from './kernel.js';
import { reducePipelines } from './pipeline.js';
import { packWalks, partsOf, WALK_BYTES, type WalkOptions } from './walk.js';

/** What to do with a range. */
export interface ReduceJob extends WalkOptions {
  readonly range: ResolvedRange<GPUBuffer>;
  readonly format: Format;
  readonly groups: Groups;
  /** In the order in which they run: each uses what those before it left. */
  readonly passes: readonly Pass[];
  /** Edges of the histogram, one more than bins. */
  readonly edges: Float32Array;
}

/** What a reducer needs of its engine. */
export interface ReducerHost {
  readonly device: GPUDevice;
  readonly barrier: Barrier;
  readonly uniforms: Uniforms;
}

/** Invocations of a workgroup, as all kernels of reductions have. */
const WORKGROUP = 64;

const { STORAGE, COPY_SRC, COPY_DST } = USAGE;

/**
 * Runs passes over the groups of a range. What they leave is a record of `words` words for each group (see
 * record.ts), in a new buffer that the caller destroys; passes to come may use it without reading it
 * back. Submits; does not wait.
 */
export function reduceOnGPU(host: ReducerHost, job: ReduceJob): GPUBuffer {
  const { device } = host;
  const { range, groups, edges, words } = job;
  const records = storage(device, 'records', Math.max(4, 4 * words * groups.count), COPY_SRC);
  const cut = pieces({ target: range }, formats[job.format].bytes, WORKGROUP, device.limits);
  if (cut.length === 0) return records;

  const keys = storage(device, 'edges', 4 * Math.max(1, edges.length), COPY_DST);
  // Deno 2.9 ends itself at a write of nothing.
  if (edges.length > 0) device.queue.writeBuffer(keys, 0, Uint32Array.from(edges, keyOf));
  const slot = host.uniforms.forSubmit(WALK_BYTES * cut.length);
  device.queue.writeBuffer(slot.buffer, slot.offset, packWalks(groups, job, cut));
  const pipelines = reducePipelines(device);

  const bind = (pass: Pass, { target }: Piece) => {
    const layout = pass === 'scale' ? pipelines.layouts.writes : pipelines.layouts.reads;
    const entries: GPUBindGroupEntry[] = [
      { binding: 0, resource: { buffer: slot.buffer, size: WALK_BYTES } },
      { binding: pass === 'scale' ? 1 : 2, resource: { buffer: range.buffer, ...target } },
      { binding: 3, resource: { buffer: records } },
    ];
    if (pass !== 'scale') entries.push({ binding: 4, resource: { buffer: keys } });
    return device.createBindGroup({ label: `webgpu-noise ${pass}`, layout, entries });
  };

  const encoder = device.createCommandEncoder({ label: 'webgpu-noise reduce' });
  const encoded = encoder.beginComputePass({ label: 'webgpu-noise reduce' });
  for (const pass of job.passes) {
    encoded.setPipeline(pipelines.of(pass, job.format, host.barrier).pipeline);
    // The records are gone over once, whatever the elements are cut into.
    for (const [index, piece] of (pass === 'norm' ? cut.slice(0, 1) : cut).entries()) {
      encoded.setBindGroup(0, bind(pass, piece), [slot.offset + index * WALK_BYTES]);
      encoded.dispatchWorkgroups(...workgroupsOf(pass, groups, piece, device.limits));
    }
  }
  encoded.end();
  device.queue.submit([encoder.finish()]);
  keys.destroy();
  return records;
}

function workgroupsOf(pass: Pass, groups: Groups, piece: Piece, limits: GPUSupportedLimits) {
  if (pass === 'scale') return piece.workgroups;
  if (pass === 'norm') return grid(Math.ceil(groups.count / WORKGROUP), limits);
  return grid(groups.count * partsOf(groups), limits);
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
