import type { Plan } from '../plan.js';
import type { StreamState } from '../stream.js';
import type { ResolvedTarget } from '../target.js';
import { applyChain } from './apply.js';
import { newArray, type ReferenceArray, slice } from './arrays.js';

/**
 * Applies a chain to the elements of all targets as to those of one array.
 *
 * @returns how many elements there are
 */
export function applyToTargets(
  plan: Plan,
  targets: readonly ResolvedTarget<ReferenceArray>[],
  at: StreamState,
): number {
  const total = targets.reduce((sum, { target }) => sum + target.count, 0);
  const flat = newArray(plan.format, total);
  let next = 0;
  for (const { target, source = target } of targets) {
    if (!plan.fills) flat.set(slice(source), next);
    next += target.count;
  }
  applyChain(plan, flat, at);
  next = 0;
  for (const { target } of targets) {
    slice(target).set(flat.subarray(next, next + target.count));
    next += target.count;
  }
  return total;
}
