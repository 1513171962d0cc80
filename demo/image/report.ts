import { find } from '../layout/find.js';
import { type Numbers, psnr } from './renderer.js';

/** Milliseconds between two reports at least: more would be too fast to read. */
export const REPORT_PAUSE = 150;

const rows = ['original', 'noisy', 'difference'] as const;
const columns = ['mean', 'std', 'min', 'max'] as const;

/** Two decimals for what is measured, none for grey levels as they are; a true minus sign. */
const digits = { mean: 2, std: 2, min: 0, max: 0 } as const;
const shown = (value: number, decimals: number) => {
  const text = value.toFixed(decimals).replace(/^-(0\.?0*)$/, '$1');
  return text.replace('-', '−');
};

/** Puts numbers on the page, and draws the histograms. */
export function report(numbers: Numbers): void {
  for (const row of rows) {
    const cells = find('numbers', HTMLTableElement).querySelectorAll(`[data-of=${row}] td`);
    for (const [i, column] of columns.entries()) {
      cells[i]!.textContent = shown(numbers[row][column], digits[column]);
    }
  }
  const ratio = psnr(numbers);
  find('psnr', HTMLElement).textContent = ratio === Infinity ? '∞' : `${shown(ratio, 2)} dB`;
  find('elements', HTMLElement).textContent = numbers.noisy.count.toLocaleString('en-US');
  drawHistograms(numbers);
}

/** Heights of the levels' bins, of 100; a level that is clipped to may be cut off at the top. */
function drawHistograms({ original, noisy }: Numbers): void {
  const [before, after] = [original, noisy].map(({ histogram }) => histogram!.counts);
  const inner = [...before!.subarray(1, -1), ...after!.subarray(1, -1)];
  const top = 1.05 * Math.max(1, ...inner);
  const steps = (counts: Uint32Array) =>
    Array.from(counts, (count, level) => {
      const height = 100 - Math.min(100, (100 * count) / top);
      return `L${level} ${height.toFixed(2)}H${level + 1}`;
    }).join('');
  find('histogram', SVGSVGElement).innerHTML =
    `<path class="area" d="M0 100${steps(after!)}V100Z"/>` +
    `<path class="line" d="M0 100${steps(before!)}V100" vector-effect="non-scaling-stroke"/>`;
}
