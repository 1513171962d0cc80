import * as Plot from '@observablehq/plot';
import type { Figure, Picture } from './recipe.js';

/** Colours of the page, light or dark; dashes tell lines apart, too. */
const STYLES = [
  { stroke: 'var(--other)', strokeDasharray: '6 4' },
  { stroke: 'var(--accent)' },
  { stroke: 'var(--good)', strokeDasharray: '1.5 3' },
  { stroke: 'var(--muted)' },
];

type Plotted = Exclude<Figure, { kind: 'pictures' }>;

/** Draws what a recipe found. */
export function drawFigure(place: HTMLElement, figure: Figure, name: string): void {
  if (figure.kind === 'pictures') {
    place.replaceChildren(...figure.pictures.map(draw));
    return;
  }
  const svg = plot(figure, place.clientWidth);
  // The plot is one picture with one name; those of its parts are of no role that may have one.
  for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `${name}: ${figure.y}`);
  place.replaceChildren(svg, legend(figure));
}

function plot(figure: Plotted, width: number) {
  return Plot.plot({
    width: Math.max(240, width),
    height: Math.min(340, 150 + 0.4 * width),
    marginLeft: 48,
    marginTop: 24,
    marginBottom: 40,
    style: { fontFamily: 'inherit', fontSize: '13px', color: 'var(--muted)' },
    x:
      'x' in figure
        ? { label: figure.x, labelAnchor: 'center', labelArrow: 'none', ticks: 5 }
        : { label: null },
    y: { label: figure.y, labelArrow: 'none', ticks: 4, grid: true, tickSize: 0, nice: true },
    marks: figure.kind === 'bars' ? bars(figure.bars) : figure.series.flatMap(marksOf(figure.kind)),
  });
}

const bars = (list: Extract<Figure, { kind: 'bars' }>['bars']) => [
  Plot.barY(list, { x: 'name', y: 'value', fill: 'var(--accent)', sort: { x: null }, inset: 8 }),
  Plot.ruleY([0]),
];

const marksOf =
  (kind: 'curves' | 'dots') =>
  ({ points }: { readonly points: readonly (readonly [number, number])[] }, index: number) => {
    const style = STYLES[index % STYLES.length]!;
    const at = { x: '0', y: '1' };
    const dots = Plot.dot(points, { ...at, fill: style.stroke, r: kind === 'dots' ? 1.5 : 2.5 });
    return kind === 'dots'
      ? [dots]
      : [Plot.line(points, { ...at, ...style, strokeWidth: 2 }), dots];
  };

/** What the lines are; nothing where there is one. */
function legend(figure: Plotted): HTMLElement {
  const element = document.createElement('p');
  element.className = 'legend wide';
  const series = figure.kind === 'bars' || figure.series.length < 2 ? [] : figure.series;
  for (const [index, { name }] of series.entries()) {
    const { stroke, strokeDasharray = '' } = STYLES[index % STYLES.length]!;
    const key = document.createElement('span');
    key.innerHTML = `<svg viewBox="0 0 28 10" aria-hidden="true"><path d="M0 5H28" stroke="${stroke}" stroke-width="2" stroke-dasharray="${strokeDasharray}"/></svg>`;
    key.append(name);
    element.append(key);
  }
  return element;
}

function draw({ name, width, height, channels, values }: Picture): HTMLElement {
  const figure = document.createElement('figure');
  const canvas = Object.assign(document.createElement('canvas'), {
    className: 'pixels',
    width,
    height,
  });
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', name);
  const pixels = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      pixels[4 * pixel + channel] = 255 * values[pixel * channels + (channel % channels)]!;
    }
  }
  canvas.getContext('2d')!.putImageData(new ImageData(pixels, width, height), 0, 0);
  const caption = document.createElement('figcaption');
  caption.className = 'hint';
  caption.textContent = name;
  figure.append(canvas, caption);
  return figure;
}
