import { parseSeed } from '../controls/seed.js';

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

type NumberName = 'std' | 'mean' | 'replaced' | 'salt' | 'photons' | 'min' | 'max';
type WholeName = 'seed' | 'stream';
export type FieldName = NumberName | WholeName;

/** A setting that has a slider. */
export interface Field {
  readonly label: string;
  readonly unit?: string;
  /** Ends and step of the slider. */
  readonly low: number;
  readonly high: number;
  readonly step: number;
  /** The kinds of noise that it changes; all, unless given. */
  readonly of?: readonly Kind[];
}

const shaped: readonly Kind[] = ['gaussian', 'uniform', 'laplace', 'speckle'];

/** The sliders in their order. Seed and stream take larger numbers, too, as text. */
export const fields: { readonly [N in FieldName]: Field } = {
  std: { label: 'Standard deviation', low: 0, high: 128, step: 1, of: shaped },
  mean: { label: 'Mean', low: -128, high: 128, step: 1, of: shaped },
  photons: { label: 'Photons at white', low: 1, high: 1000, step: 1, of: ['poisson'] },
  replaced: { label: 'Pixels hit', unit: '%', low: 0, high: 100, step: 1, of: ['saltPepper'] },
  salt: { label: 'Salt among them', unit: '%', low: 0, high: 100, step: 1, of: ['saltPepper'] },
  min: { label: 'Darkest', low: 0, high: 255, step: 1 },
  max: { label: 'Brightest', low: 0, high: 255, step: 1 },
  seed: { label: 'Seed', low: 0, high: 999, step: 1 },
  stream: { label: 'Stream', low: 0, high: 99, step: 1 },
};

export const isWhole = (name: FieldName): name is WholeName => name === 'seed' || name === 'stream';

/** A setting as it may be, from what was typed; undefined where it cannot be. */
export function parseField(name: FieldName, text: string): number | string | undefined {
  if (isWhole(name)) return parseSeed(text);
  const { low, high } = fields[name];
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return number >= low && number <= high ? number : undefined;
}

/** The settings with one changed. The ends of the clip range push each other. */
export function changed(settings: Settings, change: Partial<Settings>): Settings {
  const next = { ...settings, ...change };
  if (next.min <= next.max) return next;
  return change.min === undefined ? { ...next, min: next.max } : { ...next, max: next.min };
}

/** Settings from an address; what it does not say, or says wrongly, is as it is by default. */
export function fromQuery(query: string): Settings {
  const given = new URLSearchParams(query);
  let settings = DEFAULTS;
  for (const name of Object.keys(fields) as FieldName[]) {
    const value = parseField(name, given.get(name) ?? '');
    if (value !== undefined) settings = { ...settings, [name]: value };
  }
  if (settings.min > settings.max) settings = { ...settings, min: 0, max: 255 };
  const noise = given.get('noise') ?? '';
  const picture = samples.find((sample) => sample === given.get('picture'));
  return {
    ...settings,
    mono: given.get('mono') === '1',
    ...(Object.hasOwn(kinds, noise) && { noise: noise as Kind }),
    ...(picture && { picture }),
  };
}

/** What an address must say for these settings: what is not as it is by default. */
export function toQuery(settings: Settings): string {
  const query = new URLSearchParams();
  for (const name of Object.keys(DEFAULTS) as (keyof Settings)[]) {
    const value = settings[name];
    if (value !== DEFAULTS[name]) query.set(name, value === true ? '1' : String(value));
  }
  const text = String(query);
  return text && `?${text}`;
}
