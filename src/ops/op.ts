import { fields, show } from '../check.js';
import type { WGSLFile } from '../link.js';
import type { OpParameter } from '../parameter.js';

/**
 * The options that an op is made of, checked for unknown names. They may be an op of that kind: a
 * chain makes its own checked copies.
 *
 * @throws {TypeError} for an unknown field, or an op of another kind
 */
export function opFields<K extends string>(
  op: string,
  options: unknown,
  known: readonly K[],
): { [P in K]?: unknown } {
  const given = fields(op, options, ['op', ...known]);
  if (given.op !== undefined && given.op !== op) {
    throw new TypeError(`${op}: op must be ${show(op)}, got ${show(given.op)}`);
  }
  return given as { [P in K]?: unknown };
}

/** One sample per element, as a standard normal or as a word; or none. */
export type Draws = 'nothing' | 'normal' | 'bits';

/**
 * What the library knows of one kind of op. Its WGSL is the function `<shader>_quad` of
 * `shaders/op/<shader>.wgsl`; it takes x (unless it is a source), the draw (if it draws) and its parameters
 * for four elements, and gives the next x.
 */
export interface OpKind<Op extends { readonly op: string }> {
  /** Whether it makes elements from nothing; it then stands first in a chain. */
  readonly source: boolean;
  /** What it draws per element. */
  draws(op: Op): Draws;
  /** What its elements are: numbers, or the generator's words. */
  readonly yields: 'numbers' | 'words';
  /** A checked copy. @throws {TypeError | RangeError} naming the call, the field and the value. */
  check(op: Op): Op;
  shader(op: Op): string;
  /** The file of its WGSL, where that is not one of `shaders/op`. */
  wgsl?(op: Op): WGSLFile;
  /** Up to four, by name, in the order of its function in WGSL; what it measures among them. */
  parameters(op: Op): { readonly [name: string]: OpParameter };
  /** The next x from x, the draw, and the parameters: one element of the CPU reference. */
  reference(op: Op): (x: number, draw: number, ...parameters: number[]) => number;
}
