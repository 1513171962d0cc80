import { choice, fields, finite } from './check.js';
import { type Format, numberFormats } from './format.js';
import { type Groups, groupsOf } from './reduce/groups.js';

/** The largest norm, and of what. */
export interface ClipNormOptions {
  /** The largest L2 norm, at least 2^-100, in the units of the elements. */
  readonly max: number;
  /** How elements are stored. Default 'f32'. */
  readonly format?: Format;
  /** Lengths of the axes of a tensor in row-major order, outermost first. */
  readonly shape?: readonly number[];
  /** The axes that are KEPT, as for `measure`: each index along them has a norm. Default: one norm. */
  readonly axis?: number | readonly number[];
}

/** The options, known by name, and those that a target is checked with. */
export function clipNormFields(options: unknown) {
  const given = fields('clipNorm', options, ['max', 'format', 'shape', 'axis']);
  const { format = 'f32' } = given;
  const max = finite('clipNorm', 'max', given.max);
  if (max < 2 ** -100) {
    throw new RangeError(`clipNorm: max must be at least 2^-100, got ${max}`);
  }
  return { ...given, max, format: choice('clipNorm', 'format', format, numberFormats) };
}

/** The groups of a target of `elements` elements, each with a norm of its own. */
export function clipNormGroups(
  { shape, axis }: ReturnType<typeof clipNormFields>,
  elements: number,
): Groups {
  return groupsOf('clipNorm', elements, shape, axis);
}
