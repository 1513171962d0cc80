import type { Pipeline } from './pipeline.js';
import type { StreamState } from './stream.js';

/** Dynamic uniform offsets are multiples of this many bytes on every device. */
export const SLOT_ALIGNMENT = 256;

/** One dispatch of a kernel, checked and ready to be recorded. */
export interface Dispatch {
  readonly pipeline: Pipeline;
  /** One that does the same faster, where `place` allows it. */
  readonly aligned?: Pipeline | undefined;
  readonly workgroups: readonly [x: number, y: number];
  /** Bytes of its uniforms: a multiple of 256. */
  readonly uniformBytes: number;
  /** Writes its uniforms, all but the place in the noise. `into` holds zeros. */
  readonly pack: (into: ArrayBuffer, start: number) => void;
  /** Writes the place in the noise, if it draws; tells whether it is aligned. */
  readonly place?: (into: ArrayBuffer, start: number, at: StreamState) => boolean;
  /** The bind group with its uniforms in a buffer, at a dynamic offset. */
  readonly group: (uniforms: GPUBuffer) => GPUBindGroup;
  /** The buffers and textures of the caller's that it writes and reads, the written one first. */
  readonly memory: readonly WeakKey[];
}

/** Some dispatches that are done together, as often as they are wanted. */
export interface Recording {
  /** Bytes that their uniforms take. */
  readonly uniformBytes: number;
  /** Brings the uniforms of a run to the GPU, before what is submitted next. */
  write(slot: UniformSlot, at: StreamState): void;
  /** Records the dispatches, one after the other, as they were written. */
  record(pass: GPUComputePassEncoder, slot: UniformSlot): void;
}

/** Room for uniforms in a buffer. */
export interface UniformSlot {
  readonly buffer: GPUBuffer;
  readonly offset: number;
}

/** Puts dispatches together. What does not change from run to run is packed once. */
export function createRecording(device: GPUDevice, dispatches: readonly Dispatch[]): Recording {
  const steps = dispatches.map((dispatch) => ({
    ...dispatch,
    group: lastOf(dispatch.group),
    /** Of the run that was written last. */
    chosen: dispatch.pipeline,
  }));
  const uniformBytes = steps.reduce((sum, step) => sum + step.uniformBytes, 0);
  let packed: ArrayBuffer | undefined;

  function pack(): ArrayBuffer {
    const made = new ArrayBuffer(uniformBytes);
    let start = 0;
    for (const step of steps) {
      step.pack(made, start);
      start += step.uniformBytes;
    }
    return made;
  }

  return {
    uniformBytes,
    write({ buffer, offset }, at) {
      packed ??= pack();
      let start = 0;
      for (const step of steps) {
        const aligned = step.place?.(packed, start, at) ?? false;
        step.chosen = (aligned && step.aligned) || step.pipeline;
        start += step.uniformBytes;
      }
      device.queue.writeBuffer(buffer, offset, packed);
    },
    record(pass, slot) {
      let set: Pipeline | undefined;
      let { offset } = slot;
      // All groups before the first dispatch: a buffer that is none is refused while nothing is recorded.
      for (const step of steps) step.group(slot.buffer);
      for (const step of steps) {
        if (step.chosen !== set) pass.setPipeline(step.chosen.get());
        set = step.chosen;
        pass.setBindGroup(0, step.group(slot.buffer), [offset]);
        pass.dispatchWorkgroups(step.workgroups[0], step.workgroups[1]);
        offset += step.uniformBytes;
      }
    },
  };
}

/** A function that keeps its last result for as long as it is asked the same. */
function lastOf<A, T>(make: (of: A) => T): (of: A) => T {
  let last: { readonly of: A; readonly made: T } | undefined;
  return (of) => {
    if (last?.of !== of) last = { of, made: make(of) };
    return last.made;
  };
}
