import { find } from '../../layout/find.js';
import type { Point } from './points.js';

/** The loss is drawn from 2 down, over three decades, in a box of 512 × 100. */
const TOP = 2;
const DECADES = 3;

/** Generations that the plot has room for at first, and points of the line at most. */
const ROOM = 100;
const MOST = 512;

/** Draws the losses, one for each generation. */
export function drawLosses(losses: readonly number[]): void {
  const room = Math.max(ROOM, losses.length - 1);
  const every = Math.ceil(losses.length / MOST);
  const y = (loss: number) =>
    Math.min(100, Math.max(0, (100 * Math.log10(TOP / loss)) / DECADES)).toFixed(2);
  const points = losses
    .map((loss, generation) => `${((512 * generation) / room).toFixed(1)} ${y(loss)}`)
    .filter((_, generation) => generation % every === 0 || generation === losses.length - 1);
  const still = 'vector-effect="non-scaling-stroke"';
  find('losses', SVGSVGElement).innerHTML =
    `<path class="guess" d="M0 ${y(Math.LN2)}H512" ${still}/>` +
    `<path class="line" d="M${points.join('L')}" ${still}/>`;
  find('room', HTMLElement).textContent = room.toLocaleString('en-US');
}

/** Draws the points: squares and circles, in the colors of their sides. */
export function drawPoints(points: readonly Point[]): void {
  find('points', SVGSVGElement).innerHTML = points
    .map(({ x, y, kind }) =>
      kind
        ? `<circle class="high" cx="${x.toFixed(3)}" cy="${(-y).toFixed(3)}" r="0.034"/>`
        : `<rect class="low" x="${(x - 0.03).toFixed(3)}" y="${(-y - 0.03).toFixed(3)}" width="0.06" height="0.06"/>`,
    )
    .join('');
}
