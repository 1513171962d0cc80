import { choiceIn, fieldsIn, toQuery as queryOf } from '../controls/address.js';
import { type Field, parseNumber } from '../controls/field.js';
import { type Shape, shapes } from './evolution/points.js';
import type { Relative } from './tester.js';

/** What the page is set to. */
export interface Settings {
  /** Which of the tabs is shown. */
  readonly tab: Tab;
  readonly relative: Relative;
  /** The standard deviation for which digits are shown; one of `gridOf(relative)`. */
  readonly std: number;
  /** Pairs of noisy copies for each standard deviation. */
  readonly pairs: number;
  /** Decimal, 0 to 2^64 − 1. */
  readonly seed: string;
  readonly shape: Shape;
  /** Of evolution: the standard deviation that copies have, and how far a step goes. */
  readonly sigma: number;
  readonly rate: number;
  readonly start: string;
}

export const tabs = ['digits', 'evolution'] as const;
export type Tab = (typeof tabs)[number];

/** What noise may be relative to, how the page calls it, and up to which standard deviation it goes. */
export const relatives: {
  readonly [R in Relative]: { readonly label: string; readonly high: number };
} = {
  none: { label: 'Nothing', high: 0.24 },
  weight: { label: 'Each weight', high: 2.4 },
  rms: { label: "Its tensor's rms", high: 2.4 },
};

/** Standard deviations of a sweep, the first of which is 0. */
export const STEPS = 13;

export const gridOf = (relative: Relative): number[] =>
  Array.from({ length: STEPS }, (_, step) => place(relative, step));

/** To three digits after the point: 0.06, where a product of floats has 0.06000000000000001. */
const place = (relative: Relative, step: number) =>
  Number(((relatives[relative].high * step) / (STEPS - 1)).toFixed(3));

export const DEFAULTS: Settings = Object.freeze({
  tab: 'digits',
  relative: 'rms',
  std: 0.8,
  pairs: 4,
  seed: '42',
  shape: 'moons',
  sigma: 0.1,
  rate: 0.1,
  start: '42',
});

export const fields = {
  pairs: { label: 'Pairs', low: 1, high: 32, step: 1, whole: true },
  seed: { label: 'Seed', low: 0, high: 999, step: 1, seed: true },
  sigma: { label: "Copies' standard deviation σ", low: 0.01, high: 0.5, step: 0.01 },
  rate: { label: 'Learning rate', low: 0.01, high: 0.5, step: 0.01 },
  start: { label: 'Seed', low: 0, high: 999, step: 1, seed: true },
} as const satisfies { readonly [name: string]: Field };

export type FieldName = keyof typeof fields;

/** The standard deviation of the grid that is next to a number; undefined for none. */
export function parseStd(relative: Relative, text: string): number | undefined {
  const grid = gridOf(relative);
  const number = parseNumber({ low: 0, high: grid.at(-1)! }, text);
  if (number === undefined) return undefined;
  return grid.reduce((a, b) => (Math.abs(b - number) < Math.abs(a - number) ? b : a));
}

/** The settings with noise relative to something else, at as great a share of its range. */
export function withRelative(settings: Settings, relative: Relative): Settings {
  const step = gridOf(settings.relative).indexOf(settings.std);
  return { ...settings, relative, std: gridOf(relative)[step]! };
}

/** Settings from an address; what it does not say, or says wrongly, is as it is by default. */
export function fromQuery(query: string): Settings {
  const given = new URLSearchParams(query);
  const { relative = DEFAULTS.relative } = choiceIn(given, 'relative', relatives);
  const usual = withRelative(DEFAULTS, relative);
  return {
    ...usual,
    ...fieldsIn<Settings>(given, fields),
    ...choiceIn(given, 'shape', shapes),
    ...choiceIn(given, 'tab', tabs),
    std: parseStd(relative, given.get('std') ?? '') ?? usual.std,
  };
}

/** What an address must say for these settings: what is not as it is by default. */
export function toQuery(settings: Settings): string {
  const { std } = withRelative(DEFAULTS, settings.relative);
  return queryOf(settings, { ...DEFAULTS, std });
}
