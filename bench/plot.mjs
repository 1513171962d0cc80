// The plot of throughput against size, as SVG, from results. Also a program:
// `node bench/plot.mjs results.json` writes results.svg.
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { secondsOf } from './suite/statistics.mjs';

const WIDTH = 880;
const HEIGHT = 540;
const FONT = 'system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif';
const INK = '#1f2328';
const PALE = '#6e7781';

/** What is drawn how. Ours is what the eye should find first; the colors are told apart without red and green. */
const STYLES = {
  exact: { label: 'webgpu-noise, exact', color: '#0b57d0', width: 3.2 },
  native: { label: 'webgpu-noise, native', color: '#7cacf8', width: 2.2 },
  'store only': { label: 'limit: store only', color: '#8c959f', width: 1.6, dash: '5 4' },
  'jax-js': { color: '#c2410c', width: 1.8 },
  '@typegpu/noise': { color: '#7e3aa8', width: 1.8 },
  'tfjs-webgpu': { color: '#e08a00', width: 1.8 },
  'onnxruntime-web': { color: '#0f8a7e', width: 1.8 },
  'Box–Muller over Math.random': { label: 'Box–Muller, plain JS', color: '#4d3b2f', width: 1.4 },
  'd3-random': { color: '#a0785a', width: 1.4 },
  '@stdlib/random-array-normal': { label: 'stdlib', color: '#b59a2b', width: 1.4 },
};

/** Pixels between the labels at the lines' ends. */
const LABEL_STEP = 17;
const MARGIN = { top: 84, right: 190, bottom: 72, left: 74 };

/**
 * Draws the row `fill`: elements per second, by the wall, of all that fill a buffer with normals.
 *
 * @returns the SVG's text, or undefined where fewer than two sizes were measured
 */
export function plotThroughput(results) {
  const points = pointsOf(results);
  const sizes = [...new Set(points.map(({ elements }) => elements))].sort((a, b) => a - b);
  if (sizes.length < 2) return undefined;
  const { document } = parseHTML('<html><body></body></html>');
  const rates = points.map(({ rate }) => rate);
  const domain = [Math.min(...rates) / 1.4, Math.max(...rates) * 1.4];
  const labels = placeLabels(points, domain);
  const ticks = ticksWithin(domain);
  const svg = Plot.plot({
    document,
    width: WIDTH,
    height: HEIGHT,
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    style: { background: '#ffffff', color: INK, fontFamily: FONT, fontSize: '13px' },
    x: { type: 'log', base: 2, domain: [sizes[0], sizes.at(-1)], label: null },
    y: { type: 'log', domain, label: null },
    marks: [
      Plot.gridY(ticks, { stroke: '#d0d7de', strokeOpacity: 0.8 }),
      Plot.axisY(ticks, { tickFormat: engineering, tickSize: 0 }),
      Plot.axisX({ ticks: sizes, tickFormat: powerOfTwo, tickSize: 4 }),
      Plot.line(points, {
        x: 'elements',
        y: 'rate',
        z: 'name',
        stroke: 'color',
        strokeWidth: 'width',
        strokeLinejoin: 'round',
        sort: 'order',
      }),
      Plot.dot(points, { x: 'elements', y: 'rate', fill: 'color', r: 'dot' }),
      ...words(results),
    ],
  });
  dash(svg, points);
  for (const label of labels) svg.append(labelNode(document, label));
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', 'Normals per second against the number of elements');
  return `${background(svg.outerHTML)}\n`;
}

function pointsOf({ contests }) {
  return contests
    .filter(({ row }) => row === 'fill')
    .flatMap(({ elements, entries }) =>
      entries.flatMap((entry) => {
        const style = STYLES[entry.name];
        if (!style) return [];
        const order = Object.keys(STYLES).indexOf(entry.name);
        const rate = elements / secondsOf(entry, 'wall');
        return [
          {
            name: entry.name,
            label: entry.name,
            dot: 2.4,
            order: -order,
            ...style,
            elements,
            rate,
          },
        ];
      }),
    );
}

/** Labels stand where their lines end, and give way to each other from top to bottom. */
function placeLabels(points, [low, high]) {
  const inner = HEIGHT - MARGIN.top - MARGIN.bottom;
  const place = (rate) => MARGIN.top + inner * (1 - Math.log(rate / low) / Math.log(high / low));
  const last = new Map();
  for (const point of points.sort((a, b) => a.elements - b.elements)) last.set(point.name, point);
  const labels = [...last.values()]
    .map((point) => ({ ...point, end: place(point.rate), y: place(point.rate) }))
    .sort((a, b) => a.y - b.y);
  for (const [i, label] of labels.entries()) {
    if (i > 0) label.y = Math.max(label.y, labels[i - 1].y + LABEL_STEP);
  }
  const bottom = HEIGHT - MARGIN.bottom;
  for (let i = labels.length - 1; i >= 0; i--) {
    const below = i === labels.length - 1 ? bottom : labels[i + 1].y - LABEL_STEP;
    labels[i].y = Math.min(labels[i].y, below);
  }
  return labels;
}

function labelNode(document, { label, color, y, end, width }) {
  const make = (name, attributes) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };
  const x = WIDTH - MARGIN.right;
  const d = `M${x + 4},${end.toFixed(1)}L${x + 14},${y.toFixed(1)}`;
  const text = make('text', {
    ...{ x: x + 18, y: (y + 4.5).toFixed(1), fill: color },
    ...{ 'text-anchor': 'start', 'font-size': 13, 'font-weight': width > 3 ? 700 : 500 },
  });
  text.textContent = label;
  const group = make('g', {});
  group.append(make('path', { d, stroke: color, 'stroke-opacity': 0.6, fill: 'none' }), text);
  return group;
}

/** The limit's line is no contestant's. */
function dash(svg, points) {
  const limit = points.find((point) => point.dash);
  for (const path of svg.querySelectorAll('path')) {
    if (limit && path.getAttribute('stroke') === limit.color) {
      path.setAttribute('stroke-dasharray', limit.dash);
    }
  }
}

function words({ adapter, versions, machine, date, library }) {
  const load = Math.max(...(machine.load ?? [0]));
  // What else ran took time from all, but not evenly.
  const busy = load > machine.cores + 1 ? `, load ${load.toFixed(0)}` : '';
  const where = `${adapter} · ${versions} · ${machine.processor}, ${machine.cores} cores${busy}`;
  const text = (words, options) =>
    Plot.text([words], { frameAnchor: 'top-left', textAnchor: 'start', fill: INK, ...options });
  return [
    text('Filling a GPU buffer with f32 normals', {
      dy: -66,
      dx: -58,
      fontSize: 19,
      fontWeight: 700,
    }),
    text(`${where} · ${date.slice(0, 10)} · webgpu-noise ${library}`, {
      ...{ dy: -42, dx: -58, fontSize: 12, fill: PALE },
    }),
    text('↑ normals per second, wall time', { dy: -19, dx: -58, fontSize: 13 }),
    text('elements →', { frameAnchor: 'bottom-right', textAnchor: 'end', dy: 38 }),
  ];
}

/** Each power of ten; and three times it, where there are few: even steps to the eye. */
function ticksWithin([low, high]) {
  const steps = high / low > 1e3 ? [1] : [1, 3];
  const all = Array.from({ length: 14 }, (_, power) =>
    steps.map((step) => step * 10 ** power),
  ).flat();
  return all.filter((tick) => tick >= low && tick <= high);
}

/** 62 M, 1.2 G. */
function engineering(value) {
  const [size, unit] = value >= 1e9 ? [1e9, 'G'] : value >= 1e6 ? [1e6, 'M'] : [1e3, 'k'];
  return `${Number((value / size).toPrecision(2))} ${unit}`;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function powerOfTwo(value) {
  const digits = String(Math.round(Math.log2(value)));
  return `2${[...digits].map((digit) => SUPERSCRIPTS[digit]).join('')}`;
}

/** Viewers that ignore styles show a white ground, too. */
function background(svg) {
  return svg.replace(
    /(<svg[^>]*>)/,
    `$1<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const path of process.argv.slice(2)) {
    const svg = plotThroughput(JSON.parse(readFileSync(path, 'utf8')));
    if (svg) writeFileSync(path.replace(/(\.json)?$/, '.svg'), svg);
  }
}
