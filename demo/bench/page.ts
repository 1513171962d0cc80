import * as library from 'webgpu-noise';
import { type Contest, type Progress, runSuite } from '../../bench/suite/index.mjs';
import { boxMuller } from '../../bench/suite/yardsticks/boxMuller.mjs';
import { keepInAddress, toQuery } from '../controls/address.js';
import { findGPU, isSoftware, message, watchLoss } from '../gpu/device.js';
import { find } from '../layout/find.js';
import { notify, notifyLoss, quiet } from '../layout/notices.js';
import { createForm } from './form.js';
import { report } from './report.js';
import { contestsOf, describe } from './results.js';
import { defaultsFor, fromQuery, rowNames, type Settings, sizesOf } from './settings.js';

const run = find('run', HTMLButtonElement);
const stop = find('stop', HTMLButtonElement);
const copy = find('copy', HTMLButtonElement);
const progress = find('progress', HTMLProgressElement);
const chart = find('plot', HTMLElement);

let device: GPUDevice | undefined;
let settings: Settings | undefined;
/** Ends the run that is under way. */
let stopper: AbortController | undefined;
let contests: Contest[] = [];
/** The row that is shown. */
let shown = '';
/** The results of the last run as text. */
let text = '';

find('controls', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  if (!run.disabled) void measure();
});
stop.addEventListener('click', () => {
  say('Stopping after this sample');
  stopper?.abort();
});
copy.addEventListener('click', () => void copyResults());
new ResizeObserver(() => void draw()).observe(chart);

/** Finds the GPU; again, after it was lost. */
async function start(): Promise<void> {
  const found = await findGPU({
    features: ['timestamp-query'],
    limits: ['maxBufferSize', 'maxStorageBufferBindingSize'],
  });
  if (!('device' in found)) return notify(found.why);
  device = found.device;
  watchLoss(device, lost);
  if (isSoftware(device)) {
    notify(
      `This is no GPU but software that runs on the processor (${found.name}), so these numbers say nothing of a graphics card.`,
    );
  } else {
    quiet();
  }
  say(`on ${found.name}`);
  const defaults = defaultsFor(isSoftware(device));
  if (!settings) {
    settings = fromQuery(location.search, defaults);
    createForm(settings, (changed) => {
      settings = changed;
      keepInAddress(toQuery(changed, defaults));
      showReady();
    });
  }
  showReady();
}

function lost(why: string): void {
  stopper?.abort();
  device = undefined;
  showReady();
  notifyLoss(why, start, 'Your settings are kept.');
}

function showReady(): void {
  run.disabled = !device || stopper !== undefined || settings?.rows.length === 0;
  stop.disabled = stopper === undefined;
  copy.disabled = text === '';
}

/** Runs the suite, and shows each contest when it is over. */
async function measure(): Promise<void> {
  if (!device || !settings) return;
  const on = device;
  const started = Date.now();
  stopper = new AbortController();
  const { signal } = stopper;
  contests = [];
  shown = '';
  showReady();
  say('Measuring');
  try {
    const measured = await runSuite(on, library, {
      only: settings.rows,
      sizes: sizesOf(settings),
      yardsticks: [boxMuller],
      seconds: settings.seconds,
      signal,
      progress: showProgress,
      report: (contest) => add(contest),
    });
    // What a lost GPU did is no measurement.
    if (on !== device) return say('Not finished');
    const results = describe(on, measured, started);
    text = `${JSON.stringify(results, null, 2)}\n`;
    say(`${signal.aborted ? 'Stopped' : 'Done'} after ${results.seconds} s, on ${results.adapter}`);
  } catch (error) {
    say('Not finished');
    // A lost GPU has been told of already.
    if (on === device) notify(`Measuring failed: ${message(error)}.`, 'error');
  } finally {
    stopper = undefined;
    find('now', HTMLElement).textContent = '\u00a0';
    showReady();
  }
}

function showProgress({ done, row, elements, phase, name }: Progress): void {
  progress.value = done;
  const where = row && elements ? `${rowNames[row]}, 2^${Math.log2(elements)}: ` : '';
  find('now', HTMLElement).textContent = [`${where}${phase}`, name].filter(Boolean).join(', ');
}

/** Takes a contest that is over, and shows its row. */
function add(contest: Contest): void {
  if (!device) return;
  contests.push(contest);
  shown = contest.row;
  showChoice();
  void draw();
}

/** The rows that were measured, to choose which is shown. */
function showChoice(): void {
  const names = [...new Set(contests.map(({ row }) => row))];
  const buttons = names.map((row) => {
    const button = Object.assign(document.createElement('button'), { type: 'button' });
    button.textContent = rowNames[row] ?? row;
    button.setAttribute('aria-pressed', String(row === shown));
    button.addEventListener('click', () => {
      shown = row;
      showChoice();
      void draw();
      find('shown', HTMLElement).querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
    });
    return button;
  });
  find('shown', HTMLElement).replaceChildren(...buttons);
}

/** Draws the row that is shown. What draws is loaded when there is something to draw. */
async function draw(): Promise<void> {
  const row = contestsOf(contests, shown);
  const largest = row.at(-1);
  if (!largest) return;
  const size = largest.elements.toLocaleString('en-US');
  report(largest);
  find('largest', HTMLElement).textContent = `${rowNames[shown]}, at ${size} elements`;
  const { drawPlot } = await import('./plot.js');
  drawPlot(chart, find('legend', HTMLElement), row);
  chart.setAttribute('aria-label', `${largest.title}: elements per second at ${row.length} sizes`);
}

async function copyResults(): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    copy.textContent = 'Copied';
  } catch (error) {
    notify(`The results could not be copied: ${message(error)}.`, 'error');
  }
  setTimeout(() => {
    copy.textContent = 'Copy JSON';
  }, 2000);
}

function say(sentence: string): void {
  find('status', HTMLElement).textContent = sentence;
}

await start();
