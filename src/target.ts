import { count, fields, has, isArray, items, show } from './check.js';
import { product } from './indices.js';

/** `count` elements of a buffer from element `offset` on. */
export interface Range<B> {
  readonly buffer: B;
  /** Elements. Default 0. */
  readonly offset?: number;
  /**
   * Elements. Default: those of `shape`, or all that follow `offset`. Frameworks pad buffers, so
   * better say it.
   */
  readonly count?: number;
  /**
   * Sizes of the axes, the last one running fastest, such as [N, C, H, W]; their product is `count`.
   * For parameters that vary along an axis. Beside a texture, its own axes.
   */
  readonly shape?: readonly number[];
}

/** What a chain writes, in place; or what it reads and what it writes. */
export type Target<B> =
  | B
  | Range<B>
  | { readonly source: B | Range<B>; readonly target: B | Range<B> };

export interface ResolvedRange<B> {
  /** What messages call it. Default: target. */
  readonly name?: string | undefined;
  readonly buffer: B;
  readonly offset: number;
  readonly count: number;
  readonly shape?: readonly number[] | undefined;
}

export interface ResolvedTarget<B> {
  readonly target: ResolvedRange<B>;
  /** Only where it is read and differs from the target. */
  readonly source?: ResolvedRange<B>;
}

/** What this library asks of a buffer: GPUBuffers and typed arrays alike. */
export interface BufferTrait<B> {
  readonly noun: string;
  readonly is: (value: unknown) => value is B;
  /** Whole elements that the buffer holds. */
  readonly length: (buffer: B) => number;
  /** @throws {TypeError | RangeError} when the buffer cannot be used as this */
  readonly check: (call: string, field: string, buffer: B) => void;
  /** @throws {RangeError} when whole elements do not make up all of the buffer */
  readonly checkWhole: (call: string, field: string, buffer: B) => void;
}

/** What messages call a target, and its parts where it is a pair. */
export interface TargetNames {
  readonly item: string;
  readonly source: string;
  readonly target: string;
}

const NAMES: TargetNames = { item: 'target', source: 'source', target: 'target' };

/**
 * Checks a target and fills in what is left out.
 *
 * @param reads whether what is there before is read; where it is not, a source is checked, and let go
 * @throws {TypeError | RangeError} naming the call, the field and the value
 */
export function resolveTarget<B>(
  call: string,
  target: unknown,
  trait: BufferTrait<B>,
  reads = true,
  names = NAMES,
): ResolvedTarget<B> {
  if (!has(target, 'source'))
    return { target: resolveRange(call, names.item, target, trait, true) };
  const given = fields(call, target, ['source', 'target'], names.item);
  const from = resolveRange(call, names.source, given.source, trait);
  const to = resolveRange(call, names.target, given.target, trait);
  const both = `${names.source} and ${names.target}`;
  if (from.count !== to.count) {
    throw new RangeError(
      `${call}: ${both} must have equal counts, got ${from.count} and ${to.count}`,
    );
  }
  const shape = to.shape ?? from.shape;
  if (from.shape && String(from.shape) !== String(shape)) {
    throw new RangeError(`${call}: ${both} must have equal shapes, got ${from.shape} and ${shape}`);
  }
  if (!reads) return { target: { ...to, shape } };
  if (from.buffer !== to.buffer) return { target: { ...to, shape }, source: from };
  if (from.offset === to.offset) return { target: { ...to, shape } };
  throw new RangeError(
    `${call}: ${both} must be different buffers or the same range, got offsets ${from.offset} and ` +
      `${to.offset} of one buffer`,
  );
}

/** Checks one range and fills in what is left out; `orPair`: where a pair would do as well. */
export function resolveRange<B>(
  call: string,
  field: string,
  range: unknown,
  trait: BufferTrait<B>,
  orPair = false,
): ResolvedRange<B> {
  const given: { [P in keyof Range<B>]?: unknown } = trait.is(range)
    ? { buffer: range }
    : rangeFields(call, field, range, trait, orPair);
  const { buffer } = given;
  if (!trait.is(buffer)) {
    throw new TypeError(`${call}: ${field}.buffer must be ${trait.noun}, got ${show(buffer)}`);
  }
  trait.check(call, field, buffer);
  const length = trait.length(buffer);
  const { offset = 0 } = given;
  const start = count(call, `${field}.offset`, offset, length, 'elements in buffer');
  const rest = length - start;
  const shape =
    given.shape === undefined ? undefined : checkShape(call, `${field}.shape`, given.shape);
  const elements = shape && product(shape);
  const { count: wanted = elements ?? rest } = given;
  if (given.count === undefined && !shape) trait.checkWhole(call, field, buffer);
  const counted = count(call, `${field}.count`, wanted, rest, 'elements after offset');
  if (elements !== undefined && elements !== counted) {
    throw new RangeError(
      `${call}: ${field}.shape must be of ${counted} elements, got ${shape?.join(' × ')}`,
    );
  }
  return { name: field, buffer, offset: start, count: counted, shape };
}

/** As many as NumPy has from version 2 on. */
const MAX_AXES = 64;

/**
 * Checks the sizes of axes.
 *
 * @param least axes that there must be: 0 where a scalar will do
 */
export function checkShape(
  call: string,
  field: string,
  shape: unknown,
  least: 0 | 1 = 1,
): readonly number[] {
  if (isArray(shape)) {
    const size = (one: unknown) => checkSize(call, field, one);
    const sizes = items(call, field, shape, size, (axes) => checkAxes(call, field, axes));
    if (sizes.length >= least) return sizes;
  }
  throw new TypeError(`${call}: ${field} must be a list of sizes, got ${show(shape)}`);
}

function checkAxes(call: string, field: string, axes: number): void {
  if (axes <= MAX_AXES) return;
  throw new RangeError(`${call}: ${field} must have at most ${MAX_AXES} axes, got ${axes}`);
}

function checkSize(call: string, field: string, size: unknown): number {
  if (Number.isSafeInteger(size) && (size as number) >= 0) return size as number;
  throw new RangeError(`${call}: ${field} must hold whole numbers ≥ 0, got ${show(size)}`);
}

function rangeFields<B>(
  call: string,
  field: string,
  range: unknown,
  trait: BufferTrait<B>,
  orPair: boolean,
) {
  if (!ArrayBuffer.isView(range) && has(range, 'buffer')) {
    return fields(call, range, ['buffer', 'offset', 'count', 'shape'], field);
  }
  const forms = orPair
    ? `${trait.noun}, { buffer, offset?, count?, shape? } or { source, target } of these`
    : `${trait.noun} or { buffer, offset?, count?, shape? }`;
  throw new TypeError(`${call}: ${field} must be ${forms}, got ${show(range)}`);
}
