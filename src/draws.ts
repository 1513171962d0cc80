import { along, eachOf, type Indices, product } from './indices.js';
import type { Mixing, NormalDraw } from './ops/draw.js';
import { kindOf, type Op } from './ops/index.js';
import { checkDigits, type Elements, shapeName, targetName } from './parameter.js';

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
  /** How samples are mixed across channels; the samples themselves stay the same. */
  readonly mixing?: Mixing;
}

/** What an op draws, in the order in which it does. */
export function drawsOf(op: Op, index: number): Draw[] {
  const of = kindOf(op).draws(op);
  if (of === 'nothing') return [];
  const { share, apply, channels: mixing } = op as NormalDraw;
  const noise: Draw = {
    ...{ op: index, of, role: 'noise' },
    ...(share && { share }),
    ...(mixing && { mixing }),
  };
  if (!apply) return [noise];
  const { axis } = apply;
  return [
    noise,
    { op: index, of: 'bits', role: 'apply', ...(axis !== undefined && { along: [axis] }) },
  ];
}

/** Whether an element takes other samples than the one of its own number. */
export const isScattered = ({ along, share, mixing }: Draw): boolean =>
  (along ?? share ?? mixing) !== undefined;

/**
 * Which sample of a draw belongs to which element of a target.
 *
 * @param name of the op, for messages
 * @throws {TypeError | RangeError} when the target has no such axes
 */
function samplesOf(call: string, name: string, draw: Draw, target: Elements): Indices {
  if (!isScattered(draw)) return eachOf(target.count);
  const { shape } = target;
  const { along: only, share = [], mixing } = draw;
  const field = `${name}.${draw.role === 'apply' ? 'apply.axis' : 'share'}`;
  if (!shape) {
    const needs = only || draw.share ? `${field} names axes` : `${name}.channels names an axis`;
    throw new TypeError(
      `${call}: ${targetName(target)} must have a shape where ${needs}, got none`,
    );
  }
  for (const axis of only ?? share) checkAxis(call, field, axis, shape, target);
  const kept = only ?? shape.map((_, axis) => axis).filter((axis) => !share.includes(axis));
  const samples = checkDigits(call, field, target, along(shape, kept));
  if (!mixing) return samples;
  const axis = mixedAxis(call, name, mixing, shape, target, share);
  const faster = kept.filter((other) => other > axis).map((other) => shape[other]!);
  return { ...samples, step: product(faster) };
}

/** The axis along which channels lie. @throws {RangeError} when the matrix is not for this axis */
function mixedAxis(
  call: string,
  name: string,
  { matrix, axis }: Mixing,
  shape: readonly number[],
  target: Elements,
  share: readonly number[],
): number {
  const field = `${name}.channels`;
  const mixed = axis ?? shape.length - 1;
  checkAxis(call, `${field}.axis`, mixed, shape, target);
  if (share.includes(mixed)) {
    throw new RangeError(
      `${call}: ${field} must mix along an axis that is not in ${name}.share, got axis ${mixed} in both`,
    );
  }
  const size = mixedChannels({ matrix });
  if (shape[mixed] === size) return mixed;
  throw new RangeError(
    `${call}: ${field} must mix along an axis of size ${size}, that of its matrix, got axis ${mixed} ` +
      `of size ${shape[mixed]} in ${shapeName(target)}`,
  );
}

/** How many channels are mixed. */
export function mixedChannels({ matrix }: Mixing): number {
  return Math.sqrt(matrix.length);
}

function checkAxis(
  call: string,
  field: string,
  axis: number,
  { length }: readonly number[],
  target: Elements,
): void {
  if (axis < length) return;
  throw new RangeError(
    `${call}: ${field} must be of axes 0 to ${length - 1} of ${shapeName(target)}, got ${axis}`,
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
