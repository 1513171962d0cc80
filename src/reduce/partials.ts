import { USAGE } from '../buffer.js';
import type { Failures } from '../failures.js';
import { STATISTIC_WORDS } from './record.js';

/** Groups that there is room for from the start: 64 KiB of sums. */
const GROUPS = 4096;

/**
 * Where statistics are found: the sums of each group, and the number made of them. All runs of an
 * engine share this room, since the queue does one after the other: a run finds the sums zero, and
 * leaves them so.
 */
export function createPartials(failures: Failures) {
  const made: GPUBuffer[] = [];
  let room:
    | { readonly groups: number; readonly records: GPUBuffer; readonly values: GPUBuffer }
    | undefined;

  const buffer = (label: string, words: number) => {
    const size = 4 * words;
    const usage = USAGE.STORAGE;
    const created = failures.createBuffer({ label: `webgpu-noise ${label}`, size, usage }, () => {
      room = undefined;
    });
    made.push(created);
    return created;
  };

  return {
    /** Room for so many groups. What was handed out before stays good for what was recorded with it. */
    reserve(groups: number) {
      if (!room || room.groups < groups) {
        const many = Math.max(GROUPS, 2 ** Math.ceil(Math.log2(groups)));
        room = {
          groups: many,
          records: buffer('sums', STATISTIC_WORDS * many),
          values: buffer('statistics', many),
        };
      }
      return room;
    },

    destroy() {
      for (const each of made) each.destroy();
    },
  };
}

export type Partials = ReturnType<typeof createPartials>;
