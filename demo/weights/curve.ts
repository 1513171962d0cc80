import { find } from '../layout/find.js';
import type { Place } from './tally.js';

/** The plot is a box of 512 × 100: standard deviations across, from no digit right to all of them up. */
const WIDTH = 512;

/** Draws the accuracies: each copy as a dot, their mean as a line, their spread as a band. */
export function drawCurve(places: readonly Place[], chosen: number): void {
  const high = places.at(-1)!.std;
  const x = (std: number) => ((WIDTH * std) / high).toFixed(1);
  const y = (share: number) => (100 * (1 - Math.min(1, Math.max(0, share)))).toFixed(2);
  const spreadOf = ({ spread }: Place) => (Number.isNaN(spread) ? 0 : spread);
  const along = (heightOf: (place: Place) => number, list = places) =>
    list.map((place) => `${x(place.std)} ${y(heightOf(place))}`).join('L');
  const upper = along((place) => place.mean + spreadOf(place));
  const lower = along((place) => place.mean - spreadOf(place), [...places].reverse());
  const dots = (twin: 0 | 1) =>
    places
      .flatMap(({ std, pairs }) => pairs.map((pair) => `M${x(std)} ${y(pair[twin])}h0`))
      .join('');
  const still = 'vector-effect="non-scaling-stroke"';
  find('curve', SVGSVGElement).innerHTML =
    `<path class="guide" d="M0 25H512M0 50H512M0 75H512" ${still}/>` +
    `<path class="guess" d="M0 90H512" ${still}/>` +
    `<path class="band" d="M${upper}L${lower}Z"/>` +
    `<path class="chosen" d="M${x(chosen)} 0V100" ${still}/>` +
    `<path class="plus" d="${dots(0)}" ${still}/>` +
    `<path class="minus" d="${dots(1)}" ${still}/>` +
    `<path class="line" d="M${along(({ mean }) => mean)}" ${still}/>`;
}
