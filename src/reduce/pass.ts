import { type Bindings, type Layout, type LayoutEntry, layoutOf } from '../bindings.js';
import type { Dispatch } from '../dispatch.js';
import type { Format } from '../format.js';
import { grid } from '../grid.js';
import type { Barrier } from '../kernel.js';
import type { Piece } from '../pieces.js';
import { type Pipeline, pipelineOf } from '../pipeline.js';
import type { ResolvedRange } from '../target.js';
import { type Groups, isContiguous } from './groups.js';
import { type Pass, passKernel, passName } from './kernel.js';
import type { Partials } from './partials.js';
import { packWalk, partsOf, WALK_BYTES, type WalkOptions } from './walk.js';

/** Invocations of a workgroup, as all kernels of reductions have. */
export const WORKGROUP = 64;

/** What passes need of their engine. */
export interface PassHost {
  readonly device: GPUDevice;
  readonly barrier: Barrier;
  readonly bindings: Bindings;
  readonly partials: Partials;
}

/** A pass over a range, or over what the passes before it have left. */
export interface PassJob extends WalkOptions {
  readonly pass: Pass;
  readonly format: Format;
  readonly range: ResolvedRange<GPUBuffer>;
  readonly pieces: readonly Piece[];
  readonly groups: Groups;
  /** One record for each group: see record.ts. */
  readonly records: GPUBuffer;
  /** The edges of a histogram, which are read; or where the last pass writes the groups' numbers. */
  readonly last?: GPUBuffer | undefined;
}

/** Passes that write numbers, having read no elements. */
const FINISHES: readonly Pass[] = ['norm', 'rms'];

const ELEMENTS: readonly LayoutEntry[] = [{ binding: 2, buffer: { type: 'read-only-storage' } }];

const LAST: { readonly [P in Pass]?: GPUBufferBindingType } = {
  histogram: 'read-only-storage',
  norm: 'storage',
  rms: 'storage',
};

function passLayout(device: GPUDevice, pass: Pass): Layout {
  const elements = FINISHES.includes(pass) ? [] : ELEMENTS;
  const last = LAST[pass];
  const name = `reduction of ${elements.length ? 'elements' : 'records'}, ${last ?? 'nothing'} besides`;
  return layoutOf(device, name, () => [
    { binding: 0, buffer: { type: 'uniform', hasDynamicOffset: true } },
    ...elements,
    { binding: 3, buffer: { type: 'storage' } },
    ...(last ? [{ binding: 4, buffer: { type: last } }] : []),
  ]);
}

/**
 * The pipeline of a pass.
 *
 * @param contiguous whether all elements of a group lie side by side
 */
export function passPipeline(
  { device, barrier }: { readonly device: GPUDevice; readonly barrier: Barrier },
  pass: Pass,
  format: Format,
  contiguous: boolean,
): Pipeline {
  return pipelineOf(device, {
    name: passName(pass, format, barrier),
    link: () => passKernel(pass, format, barrier),
    layout: () => passLayout(device, pass),
    ...(!FINISHES.includes(pass) && { constants: { walk_contiguous: Number(contiguous) } }),
  });
}

/** The dispatches of a pass, one for each piece. */
export function passDispatches(host: PassHost, job: PassJob): Dispatch[] {
  const { device, bindings } = host;
  const { pass, range, groups, records, last } = job;
  const pipeline = passPipeline(host, pass, job.format, isContiguous(groups));
  const finishes = FINISHES.includes(pass);
  const layout = passLayout(device, pass);
  const workgroups = finishes ? groups.count / WORKGROUP : groups.count * partsOf(groups);
  return job.pieces.map((piece) => ({
    pipeline,
    workgroups: grid(Math.ceil(workgroups), device.limits),
    uniformBytes: WALK_BYTES,
    pack: (into, start) => packWalk(groups, job, piece, into, start),
    memory: [range.buffer],
    group: (uniforms) => {
      const memory = [
        records,
        uniforms,
        ...(finishes ? [] : [range.buffer]),
        ...(last ? [last] : []),
      ];
      const { offset, size } = piece.target;
      return bindings.group(layout, memory, [offset, size], () => {
        const entries: GPUBindGroupEntry[] = [
          { binding: 0, resource: { buffer: uniforms, size: WALK_BYTES } },
          { binding: 3, resource: { buffer: records } },
        ];
        if (!finishes)
          entries.push({ binding: 2, resource: { buffer: range.buffer, offset, size } });
        if (last) entries.push({ binding: 4, resource: { buffer: last } });
        return entries;
      });
    },
  }));
}
