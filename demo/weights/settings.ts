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

/** A setting that has a slider. */
export interface Field {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

export const fields = {
  pairs: { label: 'Pairs', low: 1, high: 32, step: 1 },
  seed: { label: 'Seed', low: 0, high: 999, step: 1 },
  sigma: { label: "Copies' standard deviation σ", low: 0.01, high: 0.5, step: 0.01 },
  rate: { label: 'Learning rate', low: 0.01, high: 0.5, step: 0.01 },
  start: { label: 'Seed', low: 0, high: 999, step: 1 },
} as const satisfies { readonly [name: string]: Field };

export type FieldName = keyof typeof fields;

/** A setting as it may be, from what was typed; undefined where it cannot be. */
export function parseField(name: FieldName, text: string): number | string | undefined {
  const trimmed = text.trim();
  if (name === 'seed' || name === 'start') {
    const isSeed = /^\d{1,20}$/.test(trimmed) && BigInt(trimmed) >> 64n === 0n;
    return isSeed ? String(BigInt(trimmed)) : undefined;
  }
  const { low, high } = fields[name];
  const number = trimmed === '' ? Number.NaN : Number(trimmed);
  const whole = name !== 'pairs' || Number.isInteger(number);
  return whole && number >= low && number <= high ? number : undefined;
}

/** The standard deviation of the grid that is next to a number; undefined for none. */
export function parseStd(relative: Relative, text: string): number | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const grid = gridOf(relative);
  if (!(number >= 0 && number <= grid.at(-1)!)) return undefined;
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
  const relative = given.get('relative') ?? '';
  const shape = given.get('shape') ?? '';
  const tab = tabs.find((each) => each === given.get('tab'));
  let settings = DEFAULTS;
  if (Object.hasOwn(relatives, relative)) settings = withRelative(settings, relative as Relative);
  if (Object.hasOwn(shapes, shape)) settings = { ...settings, shape: shape as Shape };
  if (tab) settings = { ...settings, tab };
  for (const name of Object.keys(fields) as FieldName[]) {
    const value = parseField(name, given.get(name) ?? '');
    if (value !== undefined) settings = { ...settings, [name]: value };
  }
  return { ...settings, std: parseStd(settings.relative, given.get('std') ?? '') ?? settings.std };
}

/** What an address must say for these settings: what is not as it is by default. */
export function toQuery(settings: Settings): string {
  const query = new URLSearchParams();
  const usual = withRelative(DEFAULTS, settings.relative);
  for (const name of Object.keys(DEFAULTS) as (keyof Settings)[]) {
    const by = name === 'std' ? usual : DEFAULTS;
    if (settings[name] !== by[name]) query.set(name, String(settings[name]));
  }
  const text = String(query);
  return text && `?${text}`;
}
