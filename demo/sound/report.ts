import type { Measurement } from 'webgpu-noise';
import { find } from '../layout/find.js';
import { decibels, type Mixed, powerOf } from './mixer.js';
import type { Clips, Recipe } from './recipe.js';

/** Two decimals; a true minus sign; a dash for what cannot be told, such as the ratio of silence. */
function shown(value: number, decimals = 2): string {
  if (!Number.isFinite(value)) return '–';
  return value
    .toFixed(decimals)
    .replace(/^-(0\.?0*)$/, '$1')
    .replace('-', '−');
}

/**
 * dB by which chance moves the ratio of a clip, as a standard deviation: the squares of n normals have a
 * mean of 1 ± √(2 / n).
 */
export const chanceOf = (n: number) => (10 / Math.LN10) * Math.sqrt(2 / n);

/** Puts what was measured on the page. */
export function report(
  { noisy, numbers }: Mixed,
  { asked }: Recipe,
  [count, length]: Clips,
  rate: number,
): void {
  for (const name of ['original', 'noise', 'noisy'] as const) {
    const cells = find('numbers', HTMLTableElement).querySelectorAll(`[data-of=${name}] td`);
    const power = powerOf(numbers[name]);
    const texts = [
      shown(Math.sqrt(power), 4),
      shown(decibels(power)),
      shown(peakOf(numbers[name]), 4),
    ];
    for (const [i, text] of texts.entries()) cells[i]!.textContent = text;
  }
  const perClip = asked.length === count && count > 1;
  say('ratio', withUnit(decibels(powerOf(numbers.original) / powerOf(numbers.noise))));
  say('asked', perClip ? 'per clip' : withUnit(asked[0] ?? Number.NaN));
  const clipped = noisy.reduce((sum, sample) => sum + (Math.abs(sample) > 1 ? 1 : 0), 0);
  say('clipped', `${shown((100 * clipped) / noisy.length)} %`);
  say('chance', asked.length === 0 ? '' : chance(perClip ? length : noisy.length, perClip));
  const rows = numbers.ratios.map((ratio, clip) => {
    const row = document.createElement('tr');
    const from = (clip * length) / rate;
    const each = perClip ? asked[clip]! : Number.NaN;
    for (const text of [String(clip + 1), shown(from), shown(each), shown(ratio)]) {
      row.insertCell().textContent = text;
    }
    return row;
  });
  find('clips', HTMLTableElement).tBodies[0]!.replaceChildren(...rows);
}

const say = (id: string, text: string) => {
  find(id, HTMLElement).textContent = text;
};

const withUnit = (value: number) => (Number.isFinite(value) ? `${shown(value)} dB` : '–');

const chance = (n: number, perClip: boolean) =>
  `Chance moves the ratio of ${n.toLocaleString('en-US')} samples by ${shown(chanceOf(n), 3)} dB ` +
  `(one standard deviation)${perClip ? ', in each clip' : ''}.`;

const peakOf = ({ min, max }: Measurement<number>) => Math.max(-min, max);
