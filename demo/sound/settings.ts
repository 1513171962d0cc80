import { choiceIn, fieldsIn, toQuery as queryOf } from '../controls/address.js';
import type { Field } from '../controls/field.js';

/** What the page is set to; all that its noise depends on, but the sound. */
export interface Settings {
  readonly level: Level;
  /** dB; the signal-to-noise ratio of the whole sound. */
  readonly db: number;
  /** dB; between these each clip has a ratio of its own. */
  readonly low: number;
  readonly high: number;
  /** Of full scale; the standard deviation of noise whose level is fixed. */
  readonly std: number;
  /** Of noise whose level is fixed. */
  readonly noise: Kind;
  /** Decimal, 0 to 2^64 − 1. */
  readonly seed: string;
  readonly stream: string;
}

/** What the noise's level goes by, and how the page calls it. */
export const levels = {
  whole: 'One SNR',
  clips: 'Per clip',
  fixed: 'Fixed',
} as const;

export type Level = keyof typeof levels;

export const kinds = { gaussian: 'Gaussian', laplace: 'Laplace', uniform: 'Uniform' } as const;

export type Kind = keyof typeof kinds;

export const DEFAULTS: Settings = Object.freeze({
  level: 'whole',
  db: 10,
  low: 0,
  high: 30,
  std: 0.03, // 10 dB below the sample
  noise: 'gaussian',
  seed: '42',
  stream: '0',
});

export type FieldName = 'db' | 'low' | 'high' | 'std' | 'seed' | 'stream';

/** A setting that has a slider, and the only level that it belongs to, if there is one. */
interface LevelField extends Field {
  readonly of?: Level;
}

/** From noise that drowns the sound to noise of half a step of 16 bits. */
const decibels = { unit: 'dB', low: -20, high: 80, step: 1 } as const;

/** The sliders in their order. */
export const fields: { readonly [N in FieldName]: LevelField } = {
  db: { label: 'Signal to noise', ...decibels, of: 'whole' },
  low: { label: 'From', ...decibels, of: 'clips' },
  high: { label: 'To', ...decibels, of: 'clips' },
  std: { label: 'Standard deviation', low: 0.001, high: 0.5, step: 0.001, of: 'fixed' },
  seed: { label: 'Seed', low: 0, high: 999, step: 1, seed: true },
  stream: { label: 'Stream', low: 0, high: 99, step: 1, seed: true },
};

/** The settings with one changed. The ends of the clips' range push each other. */
export function changed(settings: Settings, change: Partial<Settings>): Settings {
  const next = { ...settings, ...change };
  if (next.low <= next.high) return next;
  return change.low === undefined ? { ...next, low: next.high } : { ...next, high: next.low };
}

/** Settings from an address; what it does not say, or says wrongly, is as it is by default. */
export function fromQuery(query: string): Settings {
  const given = new URLSearchParams(query);
  const settings: Settings = {
    ...DEFAULTS,
    ...fieldsIn<Settings>(given, fields),
    ...choiceIn(given, 'level', levels),
    ...choiceIn(given, 'noise', kinds),
  };
  const { low, high } = DEFAULTS;
  return settings.low > settings.high ? { ...settings, low, high } : settings;
}

/** What an address must say for these settings: what is not as it is by default. */
export const toQuery = (settings: Settings) => queryOf(settings, DEFAULTS);
