import type { Fields } from '../controls/field.js';
import { createSliders } from '../controls/sliders.js';
import { findGPU, message, watchLoss } from '../gpu/device.js';
import { find } from '../layout/find.js';
import { notify, notifyLoss, quiet } from '../layout/notices.js';
import { type Cloud, createCloud } from './cloud.js';
import { createOrbit } from './orbit.js';
import { drawPlots } from './plots.js';
import { report, reportKolmogorovSmirnov, reportNothing, reportRange } from './report.js';
import { createCPUSampler, createGPUSampler, type Sampler } from './sampler.js';
import { kolmogorovSmirnovP, type Tally, tallyOf, together } from './statistics.js';

/** Samples of Kolmogorov and Smirnov's test, and milliseconds between two of them at least. */
const TESTED = 2 ** 16;
const TEST_PAUSE = 1000;

/** Samples of the first batch, and milliseconds that a batch should take about. */
const FIRST_BATCH = 2 ** 18;
const BATCH_TIME = 60;

/** Points of the cloud; fewer where the CPU plays the GPU. */
const POINTS = 2 ** 20;
const SOFTWARE_POINTS = 2 ** 16;

/** The settings, which all have sliders. */
const fields: Fields<'mean' | 'std' | 'seed'> = {
  mean: { label: 'Mean μ', low: -10, high: 10, step: 0.1 },
  std: { label: 'Standard deviation σ', low: 0.1, high: 10, step: 0.1 },
  seed: { label: 'Seed', low: 0, high: 999, step: 1, seed: true },
};

const run = find('run', HTMLButtonElement);
const spin = find('spin', HTMLButtonElement);
const canvas = find('cloud', HTMLCanvasElement);
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

const settings = { mean: 0, std: 1, seed: '42' };
let sampler: Sampler | undefined;
let cloud: Cloud | undefined;
let tally: Tally | undefined;
let running = !calm;
let spinning = false;
/** Whether batches are being drawn. */
let drawing = false;
/** When Kolmogorov and Smirnov's test was made last. */
let tested = -Infinity;
/** The request to draw the cloud. */
let waiting = 0;

createSliders({ moments: ['mean', 'std', 'seed'] }, fields, (name, value) => {
  Object.assign(settings, { [name]: value });
  restart();
}).show(settings);
const orbit = createOrbit(canvas, drawCloud);
find('controls', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
find('again', HTMLButtonElement).addEventListener('click', restart);
run.addEventListener('click', () => {
  running = !running;
  showRunning();
  if (running) void drawBatches();
});
spin.addEventListener('click', () => {
  spinning = !spinning;
  spin.setAttribute('aria-pressed', String(spinning));
  turn();
});
new ResizeObserver(drawCloud).observe(canvas);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawCloud);
/** Finds who draws; again, after the GPU was lost. */
async function start(): Promise<void> {
  const found = await findGPU();
  if ('device' in found) {
    const { device, name } = found;
    sampler = createGPUSampler(device, name);
    const points = device.adapterInfo.isFallbackAdapter ? SOFTWARE_POINTS : POINTS;
    cloud = createCloud(device, canvas, points);
    find('points', HTMLElement).textContent = points.toLocaleString('en-US');
    watchLoss(device, lost);
    quiet();
  } else {
    sampler = createCPUSampler();
    canvas.closest('section')!.hidden = true;
    notify(`${found.why} Until then the processor draws the samples, and there is no cloud.`);
  }
  find('status', HTMLElement).textContent = `by ${sampler.name}`;
  run.disabled = false;
  showRunning();
  restart();
  if (running) void drawBatches();
}

function lost(why: string): void {
  sampler?.destroy();
  cloud?.destroy();
  sampler = undefined;
  cloud = undefined;
  run.disabled = true;
  notifyLoss(why, start, 'Your settings are kept.');
}

/** Forgets what was drawn, and begins the seed's stream. */
function restart(): void {
  tally = undefined;
  tested = -Infinity;
  reportNothing();
  reportRange(settings);
  sampler?.restart(settings.seed);
  cloud?.restart(settings.seed);
  drawCloud();
  if (!running) void drawBatch(sampler, FIRST_BATCH);
}

function showRunning(): void {
  run.textContent = running ? 'Pause' : 'Draw';
}

/** Draws batch after batch while it is wanted. */
async function drawBatches(): Promise<void> {
  if (drawing) return;
  drawing = true;
  const by = sampler;
  let count = FIRST_BATCH;
  while (by && by === sampler && running) {
    const start = performance.now();
    if (!(await drawBatch(by, count))) break;
    const taken = performance.now() - start;
    if (taken < BATCH_TIME / 2) count = Math.min(by.most, 2 * count);
    if (taken > 2 * BATCH_TIME) count = Math.max(TESTED, count / 2);
    await new Promise((shown) => requestAnimationFrame(shown));
  }
  drawing = false;
}

/** Draws a batch and shows it with the others. Returns whether it could. */
async function drawBatch(by: Sampler | undefined, count: number): Promise<boolean> {
  if (!by) return false;
  const { mean, std, seed } = settings;
  const normal = { mean, std };
  try {
    const batch = tallyOf(await by.batch(count, normal));
    // Of other settings than those that are shown by now.
    if (mean !== settings.mean || std !== settings.std || seed !== settings.seed) return true;
    tally = tally ? together(tally, batch) : batch;
    report(tally, normal);
    drawPlots(tally, normal);
    if (performance.now() - tested > TEST_PAUSE) {
      tested = performance.now();
      reportKolmogorovSmirnov(kolmogorovSmirnovP(await by.first(TESTED), normal));
    }
    return true;
  } catch (error) {
    // A lost GPU has been told of already.
    if (by === sampler) notify(`Drawing failed: ${message(error)}.`, 'error');
    return false;
  }
}

/** Draws the cloud once before the screen is shown next. */
function drawCloud(): void {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => {
    const { view } = orbit;
    const rho = view.correlation.toFixed(2).replace('-', '−');
    find('covariance', HTMLElement).textContent =
      `N(0, Σ) with Σ = [1, ${rho}, 0; ${rho}, 1, 0; 0, 0, ¼]`;
    cloud?.draw({ ...view, color: accent() });
  });
}

/** Turns the cloud, some degrees per second, while it is wanted. */
function turn(last = performance.now()): void {
  if (!spinning) return;
  requestAnimationFrame((now) => {
    orbit.turn(((now - last) / 1000) * 12);
    turn(now);
  });
}

/** The page's accent colour, which differs between light and dark. */
function accent(): [number, number, number] {
  const hex = getComputedStyle(canvas).getPropertyValue('--accent').trim();
  const [red, green, blue] = [1, 3, 5].map(
    (at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255,
  );
  return [red!, green!, blue!];
}

await start();
