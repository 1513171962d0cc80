import type { Dispatch } from '../dispatch.js';
import { type Format, formats } from '../format.js';
import { type Elements, targetName } from '../parameter.js';
import { pieces } from '../pieces.js';
import type { Statistic } from '../statistic.js';
import type { ResolvedRange } from '../target.js';
import { type Groups, groupsOf } from './groups.js';
import type { Pass, Reduction } from './kernel.js';
import { type PassHost, passDispatches, WORKGROUP } from './pass.js';
import { STATISTIC_WORDS } from './record.js';

/** The passes that find a statistic: two over the elements, and one that goes over their sums. */
export function passesOf({ statistic }: Statistic): {
  readonly reads: readonly Reduction[];
  readonly finish: Pass;
} {
  return { reads: ['exponents', 'squares'], finish: statistic };
}

/** The groups of a target, and where the numbers of all groups of a run have theirs. */
export interface Measured {
  readonly groups: Groups;
  /** The number of its group 0 among those of the run. */
  readonly base: number;
}

/**
 * The groups of all targets of a run.
 *
 * @param name of the op and its axis, for messages
 * @returns them, and how many numbers there are
 * @throws {TypeError | RangeError} for wrong axes, and where the targets of a list must have their
 * groups in common, and have not
 */
export function measuredGroups(
  call: string,
  name: string,
  { axes, of }: Statistic,
  targets: readonly Elements[],
): { readonly measured: readonly Measured[]; readonly count: number } {
  const all = targets.map((target) => groupsOf(call, target, axes, name));
  const first = all[0]?.count ?? 0;
  if (of === 'target') {
    let count = 0;
    const measured = all.map((groups) => {
      count += groups.count;
      return { groups, base: count - groups.count };
    });
    return { measured, count };
  }
  const other = all.findIndex(({ count }) => count !== first);
  if (other > 0) {
    throw new RangeError(
      `${call}: ${name} must have as many indices in each target of the list, got ${first} in ` +
        `${targetName(targets[0]!)} and ${all[other]!.count} in ${targetName(targets[other]!)}`,
    );
  }
  return { measured: all.map((groups) => ({ groups, base: 0 })), count: first };
}

/**
 * What finds a statistic of some ranges. The numbers come into `host.partials`, whose sums are zeros
 * before and after.
 */
export function statisticDispatches(
  host: PassHost,
  format: Format,
  statistic: Statistic,
  ranges: readonly ResolvedRange<GPUBuffer>[],
  { measured, count }: ReturnType<typeof measuredGroups>,
): Dispatch[] {
  const { bytes } = formats[format];
  const { records, values } = host.partials.reserve(count);
  const words = { words: STATISTIC_WORDS, bins: 0, limit: statistic.limit };
  const { reads, finish } = passesOf(statistic);
  const of = (pass: Pass, index: number) => {
    const { groups, base } = measured[index]!;
    const range = ranges[index]!;
    const cut = pieces({ target: range }, bytes, WORKGROUP, host.device.limits);
    // The sums are gone over once, whatever the elements are cut into.
    const done = pass === finish ? cut.slice(0, 1) : cut;
    const last = pass === finish ? values : undefined;
    return passDispatches(host, {
      pass,
      format,
      range,
      pieces: done,
      groups,
      base,
      ...words,
      records,
      last,
    });
  };
  const finished = statistic.of === 'list' ? ranges.slice(0, 1) : ranges;
  return [
    ...reads.flatMap((pass) => ranges.flatMap((_, index) => of(pass, index))),
    ...finished.flatMap((_, index) => of(finish, index)),
  ];
}
