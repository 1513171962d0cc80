import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { adapterName, requestDevice } from 'webgpu-noise/node';
import { version } from '../../package.json';
import { batteries } from './battery.js';
import { dieharderArguments, dieharderVersion, runDieharder } from './dieharder.js';
import { hasEnt, runEnt } from './ent.js';
import { RUN_HELP, type RunFlags, readRunFlags } from './flags.js';
import { formatsUnderTest } from './formats.js';
import { countTails, engineFill } from './long.js';
import { plotPValues } from './plot.js';
import { report } from './report.js';
import { ATTEMPTS, failures, isWeak, type Results, savedResults, saveResults } from './results.js';
import { entPlace, placeOf, streams } from './streams.js';
import { runSuite } from './suite.js';
import { drawWords } from './words.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** npm moves to the project's folder and leaves the shell's here; paths given mean the shell's. */
const shell = process.env.INIT_CWD ?? process.cwd();

/** Normals of each format that go through all tests. */
const OWN_SAMPLES = 2 ** 26;

/** Bytes that ent gets of each stream. */
const ENT_BYTES = 2 ** 28;

/** Runs what is asked for. Returns the exit code: 1 when a test fails or cannot be run, 130 when stopped. */
async function main(args: readonly string[]): Promise<number> {
  const complain = (error: unknown) => {
    console.error(`npm run test:statistics: ${(error as Error).message}`);
  };
  let flags: RunFlags | undefined;
  try {
    flags = readRunFlags(args);
  } catch (error) {
    complain(error);
    return 2;
  }
  if (!flags) {
    console.log(RUN_HELP);
    return 0;
  }
  try {
    return await run(flags);
  } catch (error) {
    complain(error);
    return 1;
  }
}

async function run(flags: RunFlags): Promise<number> {
  const dieharder = dieharderVersion();
  const missing = [
    ...(flags.only.includes('dieharder') && !dieharder ? ['dieharder'] : []),
    ...(flags.only.includes('ent') && !hasEnt() ? ['ent'] : []),
  ];
  if (missing.length > 0) {
    const names = missing.join(' and ');
    throw new Error(
      `${names} must be installed (Debian: apt-get install ${missing.join(' ')}; or leave them out with ` +
        `--only own,tails), got none`,
    );
  }
  const out = flags.out ? resolve(shell, flags.out) : join(ROOT, 'out/statistics');
  const device = await requestDevice();
  const results: Results = (!flags.again && savedResults(out)) || {
    library: version,
    adapter: adapterName(device),
    machine: `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`,
    dieharder,
    began: new Date().toISOString(),
    ...{ own: [], tails: [], dieharderRuns: [], ent: [] },
  };
  const stop = new AbortController();
  const { signal } = stop;
  process.on('SIGINT', () => stop.abort()).on('SIGTERM', () => stop.abort());

  const save = () => {
    saveResults(out, results);
    writeFileSync(join(out, 'RESULTS.md'), report(results));
    writeFileSync(join(out, 'pvalues.svg'), plotPValues(results));
  };
  save();
  for await (const line of tests(device, flags, results, signal)) {
    save();
    console.log(line);
  }
  device.destroy();
  const wrong = failures(results);
  for (const sentence of wrong) console.error(`failed: ${sentence}`);
  console.log(`${signal.aborted ? 'stopped' : 'done'}: ${join(out, 'RESULTS.md')}`);
  return wrong.length > 0 ? 1 : signal.aborted ? 130 : 0;
}

/** Runs one test after the other, and says of each what it found. */
async function* tests(device: GPUDevice, flags: RunFlags, results: Results, signal: AbortSignal) {
  const parts = {
    own: () => ownTests(device, results, signal),
    tails: () => tailTests(device, flags, results, signal),
    dieharder: () => dieharderTests(device, flags, results, signal),
    ent: () => entTests(device, flags, results, signal),
  };
  for (const part of flags.only) yield* parts[part]();
}

/** The seconds since then. */
const since = (start: number) => Math.round((performance.now() - start) / 100) / 10;

async function* ownTests(device: GPUDevice, { own }: Results, signal: AbortSignal) {
  for (const format of formatsUnderTest) {
    if (signal.aborted) return;
    if (own.some((run) => run.format === format.name)) continue;
    const start = performance.now();
    const fill = engineFill(device, format);
    const found = await runSuite(device, format, fill, OWN_SAMPLES, undefined, signal);
    if (signal.aborted) return;
    const least = Math.min(...found.map(({ p }) => p));
    const { name } = format;
    own.push({ format: name, count: OWN_SAMPLES, results: found, seconds: since(start) });
    yield `own tests, ${name}: ${found.length} p-values, the least ${least.toPrecision(3)}`;
  }
}

async function* tailTests(
  device: GPUDevice,
  { samples }: RunFlags,
  { tails }: Results,
  signal: AbortSignal,
) {
  for (const format of formatsUnderTest) {
    while (!signal.aborted) {
      const at = tails.findIndex((run) => run.format === format.name);
      const before = at < 0 ? undefined : tails[at];
      if (before && before.count >= samples) break;
      // Between two looks at the counts, which cost new kernels.
      const part = Math.min(samples / 32, samples - (before?.count ?? 0));
      const next = await countTails(device, format, part, before, signal);
      if (!next) return;
      tails.splice(at < 0 ? tails.length : at, 1, next);
      const percent = Math.round((100 * next.count) / samples);
      yield `tails, ${format.name}: ${percent} %, ${next.found.join(' ')}`;
    }
  }
}

const wantedStreams = ({ streams: text }: RunFlags) =>
  streams.filter(({ name }) => name.includes(text));

async function* dieharderTests(
  device: GPUDevice,
  flags: RunFlags,
  { dieharderRuns: runs }: Results,
  signal: AbortSignal,
) {
  for (const stream of wantedStreams(flags)) {
    const battery = flags.full && stream.battery === 'whole' ? 'full' : stream.battery;
    for (const test of batteries[battery]) {
      const args = dieharderArguments(test).join(' ');
      for (let attempt = 0; attempt < ATTEMPTS && !signal.aborted; attempt++) {
        const known = runs.find((run) => {
          return run.stream === stream.name && run.args === args && run.attempt === attempt;
        });
        if (known && !known.rows.some(({ p }) => isWeak(p))) break;
        if (known) continue;
        const start = performance.now();
        const words = drawWords(device, { ...stream, from: placeOf(test, attempt) });
        const { rows, bytes } = await runDieharder(test, words, signal);
        if (rows.length === 0) return;
        runs.push({ stream: stream.name, args, attempt, rows, bytes, seconds: since(start) });
        const found = rows.map(({ p }) => p.toFixed(4)).join(' ');
        yield `dieharder ${args}, ${stream.name}${attempt ? ', again' : ''}: ${found}`;
        if (!rows.some(({ p }) => isWeak(p))) break;
      }
    }
  }
}

async function* entTests(
  device: GPUDevice,
  flags: RunFlags,
  { ent }: Results,
  signal: AbortSignal,
) {
  for (const stream of wantedStreams(flags)) {
    if (signal.aborted) return;
    if (ent.some((run) => run.stream === stream.name)) continue;
    const start = performance.now();
    const words = drawWords(device, { ...stream, from: entPlace });
    const found = await runEnt(words, ENT_BYTES);
    if (!found) return;
    ent.push({ stream: stream.name, ...found, seconds: since(start) });
    const ps = Object.values(found.p).map((p) => p.toFixed(4));
    yield `ent, ${stream.name}: ${ps.join(' ')}`;
  }
}

process.exitCode = await main(process.argv.slice(2));
