import { find } from '../layout/find.js';
import { chiSquareP, type Normal, shapeOf, type Tally } from './statistics.js';

const say = (id: string, text: string) => {
  find(id, HTMLElement).textContent = text.replace('-', '−');
};

/** Six digits after the point, as many as 10^12 samples would settle. */
const number = (value: number) => value.toFixed(6);

/** Puts what was found on the page. */
export function report(tally: Tally, normal: Normal): void {
  const { std, skewness, kurtosis } = shapeOf(tally);
  say('count', tally.count.toLocaleString('en-US'));
  say('mean-found', number(tally.mean));
  say('std-found', number(std));
  say('skewness', number(skewness));
  say('kurtosis', number(kurtosis));
  const furthest = Math.max(normal.mean - tally.min, tally.max - normal.mean) / normal.std;
  say('furthest', furthest.toFixed(4));
  say('chi', chiSquareP(tally, normal).toFixed(3));
}

/** The ends of the plots. */
export function reportRange({ mean, std }: Normal): void {
  for (const [name, end] of [
    ['low', mean - 7 * std],
    ['high', mean + 7 * std],
  ] as const) {
    for (const label of document.querySelectorAll(`.axis .${name}`)) {
      label.textContent = end.toFixed(1).replace('-', '−');
    }
  }
}

/** Empties what the last samples filled. */
export function reportNothing(): void {
  for (const id of ['count', 'mean-found', 'std-found', 'skewness', 'kurtosis', 'furthest']) {
    say(id, '–');
  }
  for (const id of ['chi', 'ks']) say(id, '–');
}

export const reportKolmogorovSmirnov = (p: number) => say('ks', p.toFixed(3));
