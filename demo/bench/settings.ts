import { fieldsIn } from '../controls/address.js';
import type { Fields } from '../controls/field.js';

/** What is to be measured. */
export interface Settings {
  /** Names of the suite's rows. */
  readonly rows: readonly string[];
  /** The largest size is 2^most elements. */
  readonly most: number;
  /** That the turns of a row take together at each size, where three turns are not longer. */
  readonly seconds: number;
}

/** The suite's rows that the page offers, and how it calls them. */
export const rowNames: { readonly [row: string]: string } = {
  fill: 'Normals',
  uniform: 'Uniforms',
  add: 'Add noise',
  clip: 'Noise and clip',
  'clip-u8': 'The same on bytes',
  chain8: 'Eight ops',
};

/** Elements, as powers of two: the fewest, and the step between sizes. */
const LEAST = 10;
const STEP = 4;

/** The settings that have sliders. */
export const fields: Fields<'most' | 'seconds'> = {
  most: { label: 'Largest size, power of 2', low: LEAST, high: 26, step: 1, whole: true },
  seconds: { label: 'Seconds for each', low: 0.1, high: 10, step: 0.1 },
};

/** A GPU is busy only with large buffers; a processor in its place shows the same with small ones. */
export const defaultsFor = (isSoftware: boolean): Settings =>
  isSoftware
    ? { rows: ['fill', 'clip'], most: 18, seconds: 0.2 }
    : { rows: ['fill', 'add', 'clip', 'clip-u8'], most: 24, seconds: 1 };

/** Numbers of elements, from small to large. */
export function sizesOf({ most }: Settings): number[] {
  const sizes = [];
  for (let power = most; power >= LEAST; power -= STEP) sizes.unshift(2 ** power);
  return sizes;
}

/** Settings from an address; what it does not say, or says wrongly, is as it is by default. */
export function fromQuery(query: string, defaults: Settings): Settings {
  const given = new URLSearchParams(query);
  const asked = given.get('rows')?.split(',') ?? [];
  const rows = Object.keys(rowNames).filter((name) => asked.includes(name));
  return {
    ...defaults,
    ...(rows.length > 0 && { rows }),
    ...fieldsIn<Settings>(given, fields),
  };
}
