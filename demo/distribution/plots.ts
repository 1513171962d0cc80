import { find } from '../layout/find.js';
import { density, type Normal, type Tally } from './statistics.js';

/** Both plots span 7 standard deviations to each side, in a box of 512 × 100. */
const BINS = 512;

/** Decades of the logarithmic plot, from the density's top down. */
const DECADES = 12;

/** Draws the histogram and the exact density, on a linear and on a logarithmic scale. */
export function drawPlots({ count, bins, edges }: Tally, normal: Normal): void {
  const found = Array.from({ length: BINS }, (_, i) => {
    return bins[i + 1]! / (count * (edges[i + 1]! - edges[i]!));
  });
  const exact = Array.from({ length: BINS + 1 }, (_, i) => density(edges[i]!, normal));
  const top = density(normal.mean, normal);
  draw('linear', (value) => 100 - (95 * value) / top, found, exact);
  draw('logarithmic', (value) => (-100 * Math.log10(value / top)) / DECADES, found, exact);
}

function draw(
  id: string,
  heightOf: (density: number) => number,
  found: readonly number[],
  exact: readonly number[],
): void {
  const y = (value: number) => Math.min(100, Math.max(0, heightOf(value))).toFixed(2);
  const steps = found.map((value, i) => `L${i} ${y(value)}H${i + 1}`).join('');
  const points = exact.map((value, i) => `${i} ${y(value)}`).join('L');
  find(id, SVGSVGElement).innerHTML =
    `<path class="area" d="M0 100${steps}V100Z"/>` +
    `<path class="line" d="M${points}" vector-effect="non-scaling-stroke"/>`;
}
