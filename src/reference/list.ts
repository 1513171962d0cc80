import { spreadSamples } from '../draws.js';
import type { Plan } from '../plan.js';
import type { StreamState } from '../stream.js';
import type { ResolvedTarget } from '../target.js';
import { placed } from '../targets.js';
import { chainOn } from './apply.js';
import { type ReferenceArray, slice } from './arrays.js';

/**
 * Applies a chain to the elements of all targets as to those of one flat vector.
 *
 * @returns how many samples it draws
 */
export function applyToTargets(
  call: string,
  plan: Plan,
  list: readonly ResolvedTarget<ReferenceArray>[],
  at: StreamState,
): bigint {
  const targets = list.filter(({ target }) => target.count > 0);
  const ranges = placed(targets.map(({ target }) => target));
  const { samples, drawn } = spreadSamples(call, plan, ranges);
  const chains = ranges.map((range, i) => chainOn(call, plan, range, samples[i]!, at));
  for (const [i, { target, source = target }] of targets.entries()) {
    chains[i]!(slice(plan.fills ? target : source), slice(target));
  }
  return drawn;
}
