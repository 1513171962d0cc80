import { adapterName, requestDevice } from 'webgpu-noise/node';
import { flagsOf } from '../../.ci/flags.mjs';
import { watchBuffers } from '../gpu/live.js';
import { type Log, type Sample, soak } from './soak.js';
import { quantile } from './trend.js';
import { verdictOf } from './verdict.js';

const HELP = `Works for an hour's worth of frames and looks whether anything grows: memory, GPU buffers, times.

Usage: npm run soak -- [flags]

  --share NUMBER  how much of it, 0 to 1 (default 1: 10^6 runs on 1,000 elements, 10^4 on 2^20)
  --help          this text

Ctrl-C stops it after the turn that it is in, and judges what there is.`;

/** The forms of the work. Turns are as long as the reads at their ends allow for. */
const forms = {
  tiny: { elements: 1000, runs: 1000, turns: 1000 },
  large: { elements: 2 ** 20, runs: 20, turns: 500 },
};

const SAMPLES = 100;

/** 0 when all stayed flat, 1 when something did not, 2 when it was asked for wrongly, 130 when it was stopped. */
export const exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let share: number;
  try {
    const { values } = flagsOf(args, { valued: ['share'] });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const { share: text = '1' } = values;
    share = Number(text);
    if (!(share > 0 && share <= 1)) {
      throw new RangeError(`--share must be a number > 0 and ≤ 1, got ${JSON.stringify(text)}`);
    }
  } catch (error) {
    console.error(`npm run soak: ${(error as Error).message}`);
    return 2;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  const found: string[] = [];
  for (const [name, form] of Object.entries(forms)) {
    if (stop.signal.aborted) break;
    const sentences = await perform(form, Math.ceil(form.turns * share), stop.signal);
    found.push(...sentences.map((sentence) => `${name}: ${sentence}`));
  }
  for (const sentence of found) console.error(sentence);
  if (found.length > 0) return 1;
  console.log(stop.signal.aborted ? 'stopped; flat so far' : 'flat');
  return stop.signal.aborted ? 130 : 0;
}

/** Prints a line for each tenth, and returns what is not flat. */
async function perform(form: (typeof forms)['tiny'], turns: number, signal: AbortSignal) {
  const { elements, runs } = form;
  const device = await requestDevice();
  const live = watchBuffers(device);
  const samples = Math.min(SAMPLES, turns);
  const tenth = Math.ceil(samples / 10);
  const started = performance.now();
  console.log(`${turns * runs} runs on ${elements} elements, ${adapterName(device)}`);
  const titles =
    'runs,reachable bytes,heap MiB,resident MiB,GPU buffers,run µs,p99,nothing µs,turn ms,p99,s';
  console.log(row(titles.split(',')));
  const sampled = (log: Log) => {
    if (log.count % tenth !== 0) return;
    const seconds = (performance.now() - started) / 1000;
    console.log(row([...cellsOf(log.last(tenth)), seconds.toFixed(0)]));
  };
  const work = { elements, runs, turns, samples, lookEvery: tenth, signal, sampled };
  const all = await soak(device, live, work);
  const left = live.labels;
  device.destroy();
  return [
    ...verdictOf(all, { turns, runs: turns * runs }),
    ...left.map((label) => `${label} must be destroyed, got it alive`),
  ];
}

/** Medians of a tenth, but for what only its last sample has seen. */
function cellsOf(tenth: readonly Sample[]): (string | number)[] {
  const middle = (of: (sample: Sample) => number) => quantile(tenth.map(of), 0.5);
  const mebibytes = (of: (sample: Sample) => number) => (middle(of) / 2 ** 20).toFixed(2);
  const microseconds = (of: (sample: Sample) => number) => (1000 * middle(of)).toFixed(1);
  const { runs, reachable } = tenth.at(-1)!;
  return [
    runs,
    reachable,
    mebibytes(({ heap }) => heap),
    mebibytes(({ resident }) => resident),
    middle(({ buffers }) => buffers),
    microseconds(({ run }) => run),
    microseconds(({ slowRun }) => slowRun),
    microseconds(({ bare }) => bare),
    middle(({ turn }) => turn).toFixed(1),
    middle(({ slowTurn }) => slowTurn).toFixed(1),
  ];
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}
