import { find } from '../layout/find.js';
import { WEIGHTS } from './network.js';
import type { Place } from './tally.js';

const say = (id: string, text: string) => {
  find(id, HTMLElement).textContent = text;
};

const percent = (share: number) => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`);

/** Puts what a sweep found so far on the page. */
export function report(places: readonly Place[], chosen: number, changed: number): void {
  const { std, mean, spread, pairSpread } = places[chosen]!;
  say('without', percent(places[0]!.mean));
  say('at', `With std ${std}`);
  say('with', percent(mean));
  say('spread', percent(spread));
  say('pair-spread', percent(pairSpread));
  say('tested', (2 * places.length * places[0]!.pairs.length).toLocaleString('en-US'));
  say('changed', `${changed.toLocaleString('en-US')} of ${WEIGHTS.toLocaleString('en-US')}`);
  find('numbers', HTMLElement).innerHTML = places
    .map(({ std, mean, spread, pairs }) => {
      const copies = pairs.flat();
      const cells = [mean, spread, Math.min(...copies), Math.max(...copies)].map(percent);
      return `<tr><th scope="row">${std}</th>${cells.map((text) => `<td>${text}</td>`).join('')}</tr>`;
    })
    .join('');
}
