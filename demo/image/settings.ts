import { choiceIn, fieldsIn, toQuery as queryOf } from '../controls/address.js';
import type { Field } from '../controls/field.js';

/** What the page is set to; everything that its picture depends on. */
export interface Settings {
  readonly noise: Kind;
  /** Grey levels, ≥ 0; the noise's standard deviation (on white, where it grows with the picture). */
  readonly std: number;
  /** Grey levels. */
  readonly mean: number;
  /** Percent of the elements that salt-and-pepper noise replaces. */
  readonly replaced: number;
  /** Percent of the replaced that become white. */
  readonly salt: number;
  /** Photons that a white element stands for. */
  readonly photons: number;
  /** Grey levels; what the result is clipped to. */
  readonly min: number;
  readonly max: number;
  /** Decimal, 0 to 2^64 − 1. */
  readonly seed: string;
  readonly stream: string;
  /** Whether red, green and blue of a pixel get the same noise. */
  readonly mono: boolean;
  readonly picture: Sample;
}

/** The kinds of noise, and how the page calls them. */
export const kinds = {
  gaussian: 'Gaussian',
  uniform: 'Uniform',
  laplace: 'Laplace',
  speckle: 'Speckle',
  poisson: 'Poisson',
  saltPepper: 'Salt and pepper',
} as const;

export type Kind = keyof typeof kinds;

export const samples = ['chelsea', 'coffee'] as const;
export type Sample = (typeof samples)[number];

/** The picture of the README, with the noise of its first example. */
export const DEFAULTS: Settings = Object.freeze({
  noise: 'gaussian',
  std: 50,
  mean: 0,
  replaced: 10,
  salt: 50,
  photons: 30,
  min: 0,
  max: 255,
  seed: '42',
  stream: '0',
  mono: false,
  picture: 'chelsea',
});

export type FieldName =
  | 'std'
  | 'mean'
  | 'photons'
  | 'replaced'
  | 'salt'
  | 'min'
  | 'max'
  | 'seed'
  | 'stream';

/** A setting that has a slider, and the kinds of noise that it changes; all, unless given. */
interface NoiseField extends Field {
  readonly of?: readonly Kind[];
}

const shaped: readonly Kind[] = ['gaussian', 'uniform', 'laplace', 'speckle'];

/** The sliders in their order. */
export const fields: { readonly [N in FieldName]: NoiseField } = {
  std: { label: 'Standard deviation', low: 0, high: 128, step: 1, of: shaped },
  mean: { label: 'Mean', low: -128, high: 128, step: 1, of: shaped },
  photons: { label: 'Photons at white', low: 1, high: 1000, step: 1, of: ['poisson'] },
  replaced: { label: 'Pixels hit', unit: '%', low: 0, high: 100, step: 1, of: ['saltPepper'] },
  salt: { label: 'Salt among them', unit: '%', low: 0, high: 100, step: 1, of: ['saltPepper'] },
  min: { label: 'Darkest', low: 0, high: 255, step: 1 },
  max: { label: 'Brightest', low: 0, high: 255, step: 1 },
  seed: { label: 'Seed', low: 0, high: 999, step: 1, seed: true },
  stream: { label: 'Stream', low: 0, high: 99, step: 1, seed: true },
};

/** The settings with one changed. The ends of the clip range push each other. */
export function changed(settings: Settings, change: Partial<Settings>): Settings {
  const next = { ...settings, ...change };
  if (next.min <= next.max) return next;
  return change.min === undefined ? { ...next, min: next.max } : { ...next, max: next.min };
}

/** Settings from an address; what it does not say, or says wrongly, is as it is by default. */
export function fromQuery(query: string): Settings {
  const given = new URLSearchParams(query);
  const settings: Settings = {
    ...DEFAULTS,
    ...fieldsIn<Settings>(given, fields),
    ...choiceIn(given, 'noise', kinds),
    ...choiceIn(given, 'picture', samples),
    mono: given.get('mono') === '1',
  };
  const { min, max } = DEFAULTS;
  return settings.min > settings.max ? { ...settings, min, max } : settings;
}

/** What an address must say for these settings: what is not as it is by default. */
export const toQuery = (settings: Settings) => queryOf(settings, DEFAULTS);
