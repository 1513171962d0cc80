import { USAGE } from './buffer.js';
import type { UniformSlot } from './dispatch.js';
import type { Failures } from './failures.js';
import { createWeakBuffers } from './weakBuffers.js';

/** The first page; each next one of recordings is twice as large, up to the last size. */
const PAGE_BYTES = 2 ** 16;
const LAST_PAGE_BYTES = 2 ** 22;

/** A page holds so many recordings of the size that asked for it, if it may be that large. */
const PAGE_RECORDINGS = 16;

/**
 * Hands out room for the uniforms of runs.
 *
 * What `run` submits itself is ordered by the queue, so all runs reuse the same room. What `encode`
 * records waits for a submit that only the caller knows of: its room is never reused. It comes from
 * pages that are let go when full; the recorded passes keep them alive as long as they are wanted.
 */
export function createUniforms(failures: Failures) {
  const pages = createWeakBuffers();
  const page = (label: string, bytes: number) => {
    const size = Math.max(PAGE_BYTES, bytes);
    const usage = USAGE.UNIFORM | USAGE.COPY_DST;
    const descriptor = { label: `webgpu-noise ${label} uniforms`, size, usage };
    const buffer = failures.createBuffer(descriptor, () => {
      if (submitted === buffer) submitted = undefined;
      if (recorded === buffer) recorded = undefined;
    });
    pages.add(buffer);
    return buffer;
  };

  let submitted: GPUBuffer | undefined;
  let recorded: GPUBuffer | undefined;
  let next = 0;
  const hasRoom = (bytes: number) => recorded !== undefined && next + bytes <= recorded.size;

  return {
    /** Room that is free again once the caller has submitted. */
    forSubmit(bytes: number): UniformSlot {
      if (!submitted || submitted.size < bytes) {
        submitted?.destroy();
        submitted = page('run', bytes);
      }
      return { buffer: submitted, offset: 0 };
    },

    /** Whether there is room for a recording in the page that was made last. */
    hasRoom,

    /** Room that is never handed out again. */
    forRecording(bytes: number): UniformSlot {
      if (!recorded || !hasRoom(bytes)) {
        const twice = recorded ? Math.min(2 * recorded.size, LAST_PAGE_BYTES) : PAGE_BYTES;
        const many = Math.min(PAGE_RECORDINGS * bytes, LAST_PAGE_BYTES);
        recorded = page('encode', Math.max(twice, many, bytes));
        next = 0;
      }
      const offset = next;
      next += bytes;
      return { buffer: recorded, offset };
    },

    destroy: pages.destroy,
  };
}

export type Uniforms = ReturnType<typeof createUniforms>;
