import { isWeak, type Results } from './results.js';

const SIDE = 480;
const MARGIN = { top: 76, right: 24, bottom: 52, left: 60 };
const FONT = 'system-ui, -apple-system, &quot;Segoe UI&quot;, &quot;DejaVu Sans&quot;, sans-serif';
const [INK, PALE, BLUE, RED] = ['#1f2328', '#6e7781', '#0b57d0', '#c2410c'];

/**
 * Draws dieharder's p-values, the last of each first run, rising, against what uniform numbers would be on
 * average, and the band that such numbers leave once in a hundred times.
 *
 * @returns the SVG's text
 */
export function plotPValues({ dieharderRuns, dieharder, adapter }: Results): string {
  const ps = dieharderRuns
    .filter(({ attempt }) => attempt === 0)
    .map(({ rows }) => rows.at(-1)!.p)
    .sort((a, b) => a - b);
  const x = (share: number) => (MARGIN.left + SIDE * share).toFixed(1);
  const y = (p: number) => (MARGIN.top + SIDE * (1 - p)).toFixed(1);
  const [width, height] = [MARGIN.left + SIDE + MARGIN.right, MARGIN.top + SIDE + MARGIN.bottom];

  /** A line along the diagonal, `off` above it, as far as it lies within the square. */
  const diagonal = (off: number) => {
    const [from, to] = [Math.max(0, -off), Math.min(1, 1 - off)];
    return `M${x(from)},${y(from + off)}L${x(to)},${y(to + off)}`;
  };
  // Kolmogorov's distance that 1 % exceed: 1.6276 / √n.
  const band = 1.6276 / Math.sqrt(ps.length);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (tick) =>
      `<path d="M${x(0)},${y(tick)}H${x(1)}" stroke="#d0d7de"/>` +
      `<text x="${MARGIN.left - 8}" y="${y(tick)}" dy="4" text-anchor="end">${tick}</text>` +
      `<text x="${x(tick)}" y="${height - MARGIN.bottom + 18}" text-anchor="middle">${tick}</text>`,
  );
  const dots = ps.map((p, i) => {
    const color = isWeak(p) ? RED : BLUE;
    return `<circle cx="${x((i + 0.5) / ps.length)}" cy="${y(p)}" r="2" fill="${color}"/>`;
  });
  const text = (at: number, size: number, color: string, words: string) =>
    `<text x="14" y="${at}" font-size="${size}" fill="${color}">${words}</text>`;
  const weak = ps.filter(isWeak).length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" ` +
      `viewBox="0 0 ${width} ${height}" font-family="${FONT}" font-size="12" fill="${INK}" ` +
      'aria-label="P-values of dieharder, rising, against uniform numbers">',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(26, 17, INK, `${ps.length} runs of dieharder ${dieharder ?? ''}: their p-values, rising`),
    text(45, 12, PALE, `${adapter} · ${weak} WEAK (red), ${(ps.length / 100).toFixed(1)} expected`),
    text(65, 12, PALE, '↑ p · dashed: what 99 of 100 sets of uniform numbers stay within'),
    ...ticks,
    `<path d="${diagonal(0)}" stroke="${PALE}" fill="none"/>`,
    `<path d="${diagonal(band)}${diagonal(-band)}" stroke="${PALE}" fill="none" stroke-dasharray="5 4"/>`,
    ...dots,
    `<text x="${x(1)}" y="${height - 12}" text-anchor="end">rank / number of p-values →</text>`,
    '</svg>\n',
  ].join('\n');
}
