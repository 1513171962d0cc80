// What the launchers have in common: flags, progress, Ctrl-C, tables and files.
import { resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { readFlags } from './flags.mjs';
import { describeMachine, load, ownVersion, versionsOf } from './machine.mjs';
import { createProgress } from './progress.mjs';
import { saveResults } from './results.mjs';
import { nameOf, runSuite } from './suite/index.mjs';
import { contestText, targetsText, yardsticksText } from './suite/table.mjs';
import { yardsticks } from './suite/yardsticks/index.mjs';

/** The layout of the results; bench/cuda/noise.py writes the same. */
const LAYOUT = 1;

/** npm moves to the project's folder and leaves the shell's here; paths given mean the shell's. */
const shell = process.env.INIT_CWD ?? process.cwd();
const RESULTS = fileURLToPath(new URL('results', import.meta.url));

/**
 * Runs the suite and ends the process: 0 when all went well, 1 when this machine could not do it, 130
 * when it was stopped.
 */
export async function launch({ library, runtime, versions, openDevice }) {
  const flags = readFlags(process.argv.slice(2));
  try {
    process.exit(await perform(flags, { library, runtime, versions, openDevice }));
  } catch (error) {
    console.error(`npm run bench: ${String(error?.message ?? error).replace(/\s*\n\s*/g, ' ')}`);
    process.exit(1);
  }
}

async function perform(flags, { library, runtime, versions, openDevice }) {
  const device = await openDevice();
  const stop = new AbortController();
  process.on('SIGINT', () => stop.abort());
  process.on('SIGTERM', () => stop.abort());

  const say = flags.json ? console.error : console.log;
  const started = Date.now();
  const before = load();
  const adapter = nameOf(device);
  const machine = describeMachine();
  say(`${adapter}; ${versions}; ${machine.processor}, ${machine.cores} cores, load ${before}\n`);

  const wanted = flags.alone ? [] : yardsticks;
  const progress = createProgress(process.stderr, stop.signal);
  const measured = await runSuite(device, library, {
    ...flags,
    yardsticks: wanted,
    versions: versionsOf(wanted.flatMap((each) => each.package ?? [])),
    signal: stop.signal,
    progress: progress.update,
    report(contest) {
      progress.clear();
      say(`${contestText(contest)}\n`);
    },
  });
  progress.clear();
  const results = {
    layout: LAYOUT,
    date: new Date(started).toISOString(),
    library: ownVersion(),
    adapter,
    runtime,
    versions,
    machine: { ...machine, load: [before, load()] },
    seconds: Math.round((Date.now() - started) / 1000),
    ...measured,
  };
  say(`${targetsText(results.targets)}\n\n${yardsticksText(results.yardsticks)}\n`);
  const files = await saveResults(results, flags.out ? resolve(shell, flags.out) : RESULTS);
  say(
    `${results.interrupted ? 'stopped' : 'done'} after ${results.seconds} s: ${files.join(', ')}`,
  );
  if (flags.json) console.log(JSON.stringify(results, null, 2));
  return results.interrupted ? 130 : 0;
}
