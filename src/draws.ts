import { along, eachOf, type Indices, MAX_DIGITS } from './indices.js';
import type { DrawOptions } from './ops/draw.js';
import { kindOf, type Op } from './ops/index.js';
import type { Elements } from './parameter.js';

/** One stretch of samples that an op of a chain draws. Stretches follow each other in the stream. */
export interface Draw {
  /** The op's place in the chain. */
  readonly op: number;
  readonly of: 'normal' | 'bits';
  /** For what: the op's own noise, or whether it is applied. */
  readonly role: 'noise' | 'apply';
  /** Which of the shape's axes tell samples apart, or those that do not; all elements if absent. */
  readonly along?: readonly number[];
  readonly share?: readonly number[];
}

/** What an op draws, in the order in which it does. */
export function drawsOf(op: Op, index: number): Draw[] {
  const of = kindOf(op).draws(op);
  if (of === 'nothing') return [];
  const { share, apply } = op as DrawOptions;
  const noise: Draw = { op: index, of, role: 'noise', ...(share && { share }) };
  if (!apply) return [noise];
  const { axis } = apply;
  return [
    noise,
    { op: index, of: 'bits', role: 'apply', ...(axis !== undefined && { along: [axis] }) },
  ];
}

/** Whether a draw's samples are told apart by less than the elements. */
export const isScattered = ({ along, share }: Draw): boolean => (along ?? share) !== undefined;

/**
 * Which sample of a draw belongs to which element of a target.
 *
 * @param name of the op, for messages
 * @throws {TypeError | RangeError} when the target has no such axes
 */
function samplesOf(call: string, name: string, draw: Draw, { count, shape }: Elements): Indices {
  if (!isScattered(draw)) return eachOf(count);
  const field = `${name}.${draw.role === 'apply' ? 'apply.axis' : 'share'}`;
  if (!shape) {
    throw new TypeError(`${call}: target must have a shape where ${field} names axes, got none`);
  }
  const named = draw.along ?? draw.share ?? [];
  const wrong = named.find((axis) => axis >= shape.length);
  if (wrong !== undefined) {
    throw new RangeError(
      `${call}: ${field} must be of axes 0 to ${shape.length - 1} of the target's shape, got ${wrong}`,
    );
  }
  const kept = draw.along ?? shape.map((_, axis) => axis).filter((axis) => !named.includes(axis));
  const samples = along(shape, kept);
  if (samples.sizes.length <= MAX_DIGITS) return samples;
  throw new RangeError(
    `${call}: ${field} must leave at most ${MAX_DIGITS} runs of neighbouring axes, got ${samples.sizes.length}`,
  );
}

/** The samples of a draw for one target of a run. */
export interface Samples extends Indices {
  /** Samples that the run draws before these. */
  readonly start: bigint;
}

/**
 * Spreads what a chain draws over the targets of a run: draw after draw, and in each draw target
 * after target, as over one flat vector.
 *
 * @param before samples that the run has drawn before
 * @param targets in their order, none of them empty
 * @returns for each target, the samples of each draw; and how many the run has drawn then
 * @throws {TypeError | RangeError} what `samplesOf` throws
 */
export function spreadSamples(
  call: string,
  { ops, draws }: { readonly ops: readonly Op[]; readonly draws: readonly Draw[] },
  targets: readonly Elements[],
  before = 0n,
): { readonly samples: readonly (readonly Samples[])[]; readonly drawn: bigint } {
  let drawn = before;
  const samples = targets.map((): Samples[] => []);
  for (const draw of draws) {
    for (const [index, target] of targets.entries()) {
      const indices = samplesOf(call, ops[draw.op]!.op, draw, target);
      samples[index]!.push({ ...indices, start: drawn });
      drawn += BigInt(indices.count);
    }
  }
  return { samples, drawn };
}
