import { parseSeed } from './seed.js';

/** A setting that has a slider. */
export interface Field {
  readonly label: string;
  readonly unit?: string;
  /** Ends and step of the slider. */
  readonly low: number;
  readonly high: number;
  readonly step: number;
  /** Whether only whole numbers will do; others can be typed between the slider's steps. */
  readonly whole?: boolean;
  /** Whether it is a seed or a stream: a whole number of up to 64 bits, kept as text. */
  readonly seed?: boolean;
}

/** The settings that have sliders, by their names. */
export type Fields<N extends string> = { readonly [name in N]: Field };

/** A field as it may be, from what was typed; undefined where it cannot be. */
export function parseField(field: Field, text: string): number | string | undefined {
  return field.seed ? parseSeed(text) : parseNumber(field, text);
}

/** A number between the ends of a slider; undefined for other text. */
export function parseNumber(
  { low, high, whole }: Pick<Field, 'low' | 'high' | 'whole'>,
  text: string,
): number | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (whole && !Number.isInteger(number)) return undefined;
  return number >= low && number <= high ? number : undefined;
}
