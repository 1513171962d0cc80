import type { Pipeline } from './pipeline.js';
import type { StreamState } from './stream.js';
import type { UniformSlot } from './uniforms.js';

/** Dynamic uniform offsets are multiples of this many bytes on every device. */
export const SLOT_ALIGNMENT = 256;

/** One dispatch of a kernel, checked and ready to be recorded. */
export interface Dispatch {
  readonly pipeline: Pipeline;
  readonly workgroups: readonly [x: number, y: number];
  /** Bytes of its uniforms: a multiple of 256. */
  readonly uniformBytes: number;
  /** Writes its uniforms for a run at a place in the noise. `into` holds zeros. */
  readonly pack: (into: ArrayBuffer, start: number, at: StreamState) => void;
  /** The bind group with its uniforms in a buffer, at a dynamic offset. */
  readonly group: (uniforms: GPUBuffer) => GPUBindGroup;
  /** The buffers and textures of the caller's that it writes and reads, the written one first. */
  readonly memory: readonly WeakKey[];
}

/** Bytes that the uniforms of some dispatches take. */
export function uniformBytesOf(dispatches: readonly Dispatch[]): number {
  return dispatches.reduce((sum, { uniformBytes }) => sum + uniformBytes, 0);
}

/** Brings the uniforms of some dispatches to the GPU, before what is submitted next. */
export function writeUniforms(
  device: GPUDevice,
  dispatches: readonly Dispatch[],
  slot: UniformSlot,
  at: StreamState,
): void {
  const packed = new ArrayBuffer(uniformBytesOf(dispatches));
  let start = 0;
  for (const { uniformBytes, pack } of dispatches) {
    pack(packed, start, at);
    start += uniformBytes;
  }
  device.queue.writeBuffer(slot.buffer, slot.offset, packed);
}

/** Records some dispatches, one after the other. */
export function record(
  pass: GPUComputePassEncoder,
  dispatches: readonly Dispatch[],
  slot: UniformSlot,
): void {
  let set: Pipeline | undefined;
  let { offset } = slot;
  for (const { pipeline, group, workgroups, uniformBytes } of dispatches) {
    if (pipeline !== set) pass.setPipeline(pipeline.get());
    set = pipeline;
    pass.setBindGroup(0, group(slot.buffer), [offset]);
    pass.dispatchWorkgroups(...workgroups);
    offset += uniformBytes;
  }
}
