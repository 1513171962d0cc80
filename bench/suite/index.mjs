// The benchmark suite. It knows nothing of Node, Deno or a page: it takes a device and the library's
// exports, tells how far it is, and stops when it is told to.
import { createClock } from './clock.mjs';
import { firstLine, holdContest } from './contest.mjs';
import { watch } from './errors.mjs';
import { loadYardsticks } from './peers.mjs';
import { rows as allRows } from './rows/index.mjs';
import { targetsOf } from './targets.mjs';

export { rows } from './rows/index.mjs';

/** Elements, where no sizes are asked for: those of the row that is plotted, and of all others. */
const SERIES = [10, 14, 18, 20, 22, 24].map((power) => 2 ** power);
const SINGLE = [2 ** 22];

/**
 * Runs the suite.
 *
 * @param device a GPUDevice, best with its adapter's limits for buffers and 'timestamp-query'
 * @param library what 'webgpu-noise' exports
 * @param options
 *   `only`      names of rows (default all)
 *   `sizes`     numbers of elements, for every row (default 2^22; some rows more)
 *   `yardsticks` that it is held against (default none; those of yardsticks/index.mjs need packages)
 *   `seconds`   that the turns of one contest take together, where three turns are not longer
 *   `minutes`   after which no more contests are started (default: no end)
 *   `versions`  of the yardsticks' packages by name, to be reported
 *   `signal`    an AbortSignal; what was measured so far is kept
 *   `progress`  is called with { done, row, elements, phase, name, turn, turns }; done is 0 to 1
 *   `report`    is called with each contest that is over
 * @returns contests, targets and yardsticks: plain values that survive JSON
 */
export async function runSuite(device, library, options = {}) {
  const { only, sizes, yardsticks = [], seconds = 4, minutes = Infinity } = options;
  const { versions = {}, signal } = options;
  const { progress = () => {}, report = () => {} } = options;
  const rows = only ? allRows.filter(({ name }) => only.includes(name)) : allRows;
  const planned = rows.flatMap((row) => sizesOf(row, sizes).map((elements) => ({ row, elements })));

  const wanted = new Set(rows.flatMap((row) => row.tasks ?? []));
  const loading = (name) => progress({ done: 0, phase: 'load', name });
  const peers = await loadYardsticks(yardsticks, { wanted, versions, loading, signal });
  const clock = await createClock(device);
  const engine = library.createNoiseEngine(device, { seed: 42 });
  const { check } = watch(device);
  const contests = [];
  const end = performance.now() + 60_000 * minutes;
  for (const [index, { row, elements }] of planned.entries()) {
    if (signal?.aborted) break;
    const place = { done: index / planned.length, row: row.name, elements };
    const say = (what) => progress({ ...place, ...what });
    const bench = { device, library, engine, elements, peers, asked: sizes };
    const late = performance.now() > end;
    const contest = late
      ? leftOut(row, elements, `left out: ${minutes} minutes were over`)
      : await hold(row, bench, { clock, check, seconds, signal, say });
    contests.push(contest);
    report(contest);
  }
  for (const { peer } of peers) await peer?.close?.();
  engine.destroy();
  clock.destroy();
  progress({ done: 1, phase: 'done' });
  return {
    interrupted: signal?.aborted ?? false,
    waitSeconds: clock.wait,
    gpuTimes: clock.hasTimer,
    yardsticks: peers.map(({ peer: _, ...said }) => said),
    contests,
    targets: targetsOf(contests, nameOf(device)),
  };
}

function sizesOf(row, sizes) {
  if (row.sizes) return row.sizes(sizes);
  return sizes ?? (row.series ? SERIES : SINGLE);
}

/** Makes the row's buffers, holds the contest, and frees them, whatever happens. */
async function hold(row, bench, options) {
  const { expected } = row;
  const { elements, device } = bench;
  const buffers = [];
  const buffer = async (bytes, usage = 0) => {
    const made = await allocate(device, bytes, usage);
    buffers.push(made);
    return made;
  };
  try {
    const contestants = await row.contestants({ ...bench, buffer });
    return {
      ...described(row, elements),
      ...(await holdContest(contestants, { ...options, expected })),
    };
  } catch (error) {
    return leftOut(row, elements, firstLine(error));
  } finally {
    for (const each of buffers) each.destroy();
  }
}

const described = ({ name, title, bytes }, elements) => ({
  row: name,
  title,
  elements,
  bytes: bytes(elements),
});

/** A contest that was not held. */
const leftOut = (row, elements, reason) => ({
  ...described(row, elements),
  entries: [],
  missing: [{ name: 'all', reason }],
});

/** @throws {Error} where the device does not give so much */
async function allocate(device, bytes, usage) {
  const size = Math.ceil(bytes / 16) * 16;
  const { maxBufferSize } = device.limits;
  if (size > maxBufferSize) {
    throw new Error(`a buffer of ${size} bytes is more than the device's ${maxBufferSize}`);
  }
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
  device.pushErrorScope('out-of-memory');
  const buffer = device.createBuffer({
    label: 'bench',
    size,
    usage: STORAGE | COPY_SRC | COPY_DST | usage,
  });
  const error = await device.popErrorScope();
  if (error) throw new Error(`a buffer of ${size} bytes could not be had`);
  return buffer;
}

/** The adapter behind a device, in words. */
export function nameOf({ adapterInfo }) {
  const { vendor, architecture, description, device } = adapterInfo;
  // wgpu gives the vendor as a number, and the model as a description.
  const words = /^\d*$/.test(vendor) ? [description || device] : [vendor, architecture || device];
  return words.filter(Boolean).join(' ') || description || 'unknown adapter';
}
