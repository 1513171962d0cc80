import * as Plot from '@observablehq/plot';
import type { Contest, Entry } from '../../bench/suite/index.mjs';
import { secondsOf } from '../../bench/suite/statistics.mjs';

/** How a contestant is drawn; colours are those of the page, light or dark. Dashes tell lines apart, too. */
interface Line {
  readonly label: string;
  readonly stroke: string;
  readonly strokeWidth: number;
  readonly strokeDasharray?: string;
}

/** The contestants that are drawn; the table has all. */
function lineOf({ name, kind }: Entry): Line | undefined {
  if (name === 'exact') return { label: 'exact', stroke: 'var(--accent)', strokeWidth: 3 };
  if (name === 'native') {
    return { label: 'native', stroke: 'var(--ink)', strokeWidth: 1.5, strokeDasharray: '6 3' };
  }
  if (kind === 'limit') {
    return { label: name, stroke: 'var(--control)', strokeWidth: 1.5, strokeDasharray: '1.5 3' };
  }
  if (kind === 'cpu') return { label: 'JavaScript', stroke: 'var(--good)', strokeWidth: 1.5 };
  if (name.startsWith('unfused')) {
    return { label: 'unfused', stroke: 'var(--muted)', strokeWidth: 1.5 };
  }
  return undefined;
}

/** Draws throughput against size, and what the lines are. */
export function drawPlot(chart: HTMLElement, legend: HTMLElement, contests: readonly Contest[]) {
  const points = contests.flatMap(({ elements, entries }) =>
    entries.flatMap((entry) => {
      const line = lineOf(entry);
      return line ? [{ ...line, elements, rate: elements / secondsOf(entry) }] : [];
    }),
  );
  const lines = [...new Map(points.map((point) => [point.label, point])).values()];
  const sizes = contests.map(({ elements }) => elements);
  const rates = points.map((point) => point.rate);
  const most = Math.max(...rates);
  const grid = roundRates(Math.min(...rates), most);
  const svg = Plot.plot({
    width: Math.max(240, chart.clientWidth),
    height: Math.min(400, 160 + 0.4 * chart.clientWidth),
    marginLeft: 52,
    marginTop: 14,
    marginRight: 16,
    style: { fontFamily: 'inherit', fontSize: '13px', color: 'var(--muted)' },
    x: { type: 'log', base: 2, label: null, ticks: sizes, tickFormat: power, tickSize: 4 },
    y: {
      type: 'log',
      domain: [grid[0]!, most],
      label: null,
      ticks: grid,
      tickFormat: rate,
      tickSize: 0,
      grid: true,
    },
    marks: [
      ...lines.flatMap((line) => {
        const own = points.filter(({ label }) => label === line.label);
        const { label: _, elements: __, rate: ___, ...style } = line;
        return [
          Plot.lineY(own, { x: 'elements', y: 'rate', ...style }),
          Plot.dot(own, { x: 'elements', y: 'rate', fill: line.stroke, r: 2.5 }),
        ];
      }),
    ],
  });
  // The plot is one picture with one name; those of its parts are of no role that may have one.
  for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  chart.replaceChildren(svg);
  legend.replaceChildren(...lines.map(key));
}

/** A line of the legend: a piece of the line, and its name. */
function key({ label, stroke, strokeWidth, strokeDasharray = '' }: Line): HTMLElement {
  const element = document.createElement('span');
  const path = `<path d="M0 5H28" stroke="${stroke}" stroke-width="${strokeWidth}" stroke-dasharray="${strokeDasharray}"/>`;
  element.innerHTML = `<svg viewBox="0 0 28 10" aria-hidden="true">${path}</svg>`;
  element.append(label);
  return element;
}

/** Round numbers from just below the least rate to the highest: powers of ten, and 2 and 5 times them where there is room. */
function roundRates(least: number, most: number): number[] {
  const steps = most < 100 * least ? [1, 2, 5] : [1];
  const [from, to] = [least, most].map((rate) => Math.floor(Math.log10(rate))) as [number, number];
  const decades = Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
  const all = decades.flatMap((decade) => steps.map((step) => step * decade));
  return all.filter((mark, i) => mark <= most && (all[i + 1] ?? Infinity) > least);
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function power(elements: number): string {
  const digits = String(Math.round(Math.log2(elements)));
  return `2${[...digits].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;
}

/** 62 M, 1.2 G. */
function rate(perSecond: number): string {
  for (const [size, unit] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (perSecond >= size) return `${Number((perSecond / size).toPrecision(2))} ${unit}`;
  }
  return String(Number(perSecond.toPrecision(2)));
}
