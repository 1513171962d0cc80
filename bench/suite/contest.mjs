// One row at one size: contestants do the same work, in turns.
//
// A contestant has a name, a kind ('ours', 'limit', 'unfused', 'peer' or 'cpu') and `open()`, which
// makes it ready to be timed and returns one of
//   record(pass)    records a run into an open compute pass: timed by the GPU where it can tell
//   run()           starts a run, or does it; `wait()` resolves when all that was started is done
//   host(pass)      records a run; only the recording is timed
// with, besides, `output()`, which resolves to what one run from zeros has made, where the row says
// what must come out; `check()`, which throws what its device has refused, if it is a device of its own;
// `facts()`, more to say of it; `most`, the most runs to a sample; `isGpu`, whether it keeps a GPU busy,
// where that is not as its kind says; `close()`.
import { checkMoments } from './check.mjs';

/** However long one takes, a contest has at least so many turns, and not more than so many. */
const TURNS = { least: 3, most: 51 };

/**
 * @param contestants as said above
 * @param options `clock`; `check()` of the device; `seconds` that the turns should take together;
 * `expected` moments of what comes out; `signal`; `say({ phase, name, turn, turns })`
 * @returns entries with the samples of each, in seconds per run, turn by turn; and what could not run
 */
export async function holdContest(contestants, options) {
  const { signal, say } = options;
  const missing = [];
  const ready = [];
  for (const contestant of contestants) {
    if (signal?.aborted) break;
    say({ phase: 'warm-up', name: contestant.name });
    const { opened, reason } = await warmUp(contestant, options);
    if (opened) ready.push(opened);
    else missing.push({ name: contestant.name, kind: contestant.kind, reason });
  }
  try {
    await takeTurns(ready, options);
  } finally {
    for (const { body } of ready) await body.close?.();
  }
  return { entries: ready.filter(({ entry }) => entry.wall.length > 0).map(finish), missing };
}

async function warmUp({ name, kind, open }, { clock, check, expected }) {
  let body;
  try {
    const opened = await open();
    body = { isGpu: kind !== 'cpu' && !opened.host, ...opened };
    if (expected && body.output) checkMoments(await body.output(), expected);
    const { repeats, seconds } = await clock.calibrate(body);
    await (body.check ?? check)();
    const entry = { name, kind, repeats, wall: [], gpu: [], ...body.facts?.() };
    return { opened: { body, entry, seconds } };
  } catch (error) {
    await body?.close?.();
    return { reason: firstLine(error) };
  }
}

/** Every other turn runs the other way round, so that nobody always follows the same one. */
async function takeTurns(ready, { clock, seconds, signal, say }) {
  const once = ready.reduce((sum, each) => sum + each.seconds, 0);
  const turns = Math.min(TURNS.most, Math.max(TURNS.least, Math.floor(seconds / once)));
  for (let turn = 0; turn < turns; turn++) {
    const order = turn % 2 ? [...ready].reverse() : ready;
    const samples = [];
    for (const each of order) {
      // A turn that was not finished counts for nobody.
      if (signal?.aborted) return;
      say({ phase: 'turn', name: each.entry.name, turn, turns });
      samples.push({ each, ...(await clock.time(each.body, each.entry.repeats)) });
    }
    for (const { each, wall, gpu } of samples) {
      each.entry.wall.push(perRun(wall, each));
      each.entry.gpu.push(gpu && perRun(gpu, each));
    }
  }
}

const perRun = (seconds, { entry }) => Number((seconds / entry.repeats).toPrecision(5));

/** Without times of the GPU where it did not tell one each turn. */
function finish({ entry: { gpu, ...entry } }) {
  return gpu.every((seconds) => seconds > 0) ? { ...entry, gpu } : entry;
}

export function firstLine(error) {
  const message = error instanceof Error ? error.message : String(error);
  // Node says from where, by a path of the machine's.
  return message
    .trim()
    .split('\n')[0]
    .replace(/ imported from .*/, '');
}
