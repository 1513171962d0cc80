import { isArray, items, show } from './check.js';
import { type Elements, targetName } from './parameter.js';
import {
  type BufferTrait,
  type Range,
  type ResolvedRange,
  type ResolvedTarget,
  resolveRange,
  resolveTarget,
  type Target,
  type TargetNames,
} from './target.js';

/** Buffers of which a list can be made. */
export interface ListTrait<B> extends BufferTrait<B> {
  /** The bytes of a range. Ranges of the same memory may overlap. */
  readonly span: (range: ResolvedRange<B>) => Span;
}

interface Span {
  readonly memory: object;
  readonly from: number;
  readonly to: number;
}

/** One target; or a list of them that counts as one flat vector, in the order of the list. */
export type Targets<B> = Target<B> | readonly Target<B>[];

/** A list of buffers or ranges: the tensors of a model. */
export type Tensors<B> = readonly (B | Range<B>)[];

/** What messages call a target of a list: those of `perturb` come from two lists. */
function namesOf(call: string, index: number): TargetNames {
  const tensor = `tensors[${index}]`;
  if (call === 'perturb') return { item: tensor, source: tensor, target: `into[${index}]` };
  const item = `targets[${index}]`;
  return { item, source: `${item}.source`, target: `${item}.target` };
}

/**
 * Checks one target or a list of them, and fills in what is left out.
 *
 * @param reads whether what is there before is read
 * @throws {TypeError | RangeError} naming the call, the target and the value; where something that is
 * written overlaps anything else
 */
export function resolveTargets<B>(
  call: string,
  targets: unknown,
  trait: ListTrait<B>,
  reads = true,
): readonly ResolvedTarget<B>[] {
  const resolved = isArray(targets)
    ? items(call, 'targets', targets, (target, index) =>
        resolveTarget(call, target, trait, reads, namesOf(call, index)),
      )
    : [resolveTarget(call, targets, trait, reads)];
  checkDisjoint(call, resolved, trait);
  return resolved;
}

/** Checks a list of ranges, which may overlap, and fills in what is left out. */
export function resolveTensors<B>(
  call: string,
  field: string,
  tensors: unknown,
  trait: BufferTrait<B>,
): ResolvedRange<B>[] {
  if (!isArray(tensors)) {
    throw new TypeError(`${call}: ${field} must be an array, got ${show(tensors)}`);
  }
  return items(call, field, tensors, (tensor, index) =>
    resolveRange(call, `${field}[${index}]`, tensor, trait),
  );
}

/** Tells each target of a run where in the flat vector of all elements it is. */
export function placed(targets: readonly Elements[]): Elements[] {
  const total = targets.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  return targets.map((target) => {
    before += target.count;
    return { ...target, before: before - target.count, total };
  });
}

/** What a target reads or writes. */
interface Use extends Span {
  readonly name: string;
  readonly writes: boolean;
}

/**
 * A flat vector has each element once: what is written must not be read or written elsewhere. Only
 * reading may overlap, and a target may be its own source.
 *
 * @throws {RangeError} naming the two ranges that overlap
 */
export function checkDisjoint<B>(
  call: string,
  targets: readonly ResolvedTarget<B>[],
  trait: ListTrait<B>,
): void {
  const uses = new Map<object, Use[]>();
  const add = (span: Span, range: ResolvedRange<B>, writes: boolean) => {
    const known = uses.get(span.memory) ?? [];
    known.push({ ...span, name: targetName(range), writes });
    uses.set(span.memory, known);
  };
  for (const { target, source = target } of targets) {
    if (target.count === 0) continue;
    const [to, from] = [trait.span(target), trait.span(source)];
    add(to, target, true);
    if (from.memory !== to.memory || from.from !== to.from) add(from, source, false);
  }
  for (const list of uses.values()) checkUses(call, list);
}

/**
 * In the order of their starts, a use overlaps an earlier one if it overlaps the farthest-reaching.
 * The farthest of those that write is the last: it did not overlap the ones before.
 */
function checkUses(call: string, uses: Use[]): void {
  let farthest: Use | undefined;
  let farthestWrite: Use | undefined;
  for (const use of uses.sort((a, b) => a.from - b.from)) {
    const earlier = use.writes ? farthest : farthestWrite;
    if (earlier && use.from < earlier.to) {
      throw new RangeError(
        `${call}: what is written must not overlap another range, got bytes ${earlier.from} to ` +
          `${earlier.to} as ${earlier.name} and ${use.from} to ${use.to} as ${use.name}`,
      );
    }
    if (!farthest || use.to > farthest.to) farthest = use;
    if (use.writes) farthestWrite = use;
  }
}
