// What is to be reached, and whether it was. All are ratios within one run.
import { clockOf, contestOf, entryOf, median, ratio, secondsOf } from './statistics.mjs';

const times = (value) => `${value.toFixed(2)} ×`;

/** `a` and `b` of a contest, and how many times as long `a` took. */
function compare(contest, a, b, clock) {
  const [first, second] = [entryOf(contest, a), entryOf(contest, b)];
  return first && second && { measured: ratio(first, second, clock), contest };
}

/** The contest with 2^power elements, else the one with the most. */
const near = (contests, row, power) =>
  contestOf(contests, row, 2 ** power) ?? contestOf(contests, row);

/** The quickest of a kind, by the wall. */
function quickest(contest, test) {
  const found = contest?.entries.filter(test) ?? [];
  return found.sort((a, b) => secondsOf(a, 'wall') - secondsOf(b, 'wall'))[0];
}

const versusJax = (math) => (contests) =>
  compare(near(contests, 'fill', 24), 'jax-js', math, 'wall');

function versusCpu(contests) {
  const contest = near(contests, 'fill', 24);
  const best = quickest(contest, ({ kind }) => kind === 'cpu');
  return best && { ...compare(contest, best.name, 'exact', 'wall'), note: `best: ${best.name}` };
}

function eightOps(contests) {
  const contest = contestOf(contests, 'chain8');
  const alone = contest?.entries.filter(({ name }) => name.endsWith(' alone')) ?? [];
  const whole = entryOf(contest, 'exact');
  if (!whole || alone.length === 0) return undefined;
  const clock = clockOf(whole, ...alone);
  const [most] = alone.sort((a, b) => secondsOf(b, clock) - secondsOf(a, clock));
  return { measured: ratio(whole, most, clock), contest, note: most.name };
}

function perElement(contests) {
  const contest = contestOf(contests, 'scale');
  if (!contest || contest.entries.length < 2) return undefined;
  const clock = clockOf(...contest.entries);
  const costs = contest.entries.map(({ name, elements, [clock]: samples }) => ({
    name,
    cost: median(samples) / elements,
  }));
  const sorted = costs.sort((a, b) => a.cost - b.cost);
  const [least, most] = [sorted[0], sorted.at(-1)];
  return {
    measured: most.cost / least.cost,
    contest,
    note: `most at ${most.name}, least at ${least.name}`,
  };
}

function hostCost(contests) {
  const contest = contestOf(contests, 'encode');
  const entry = entryOf(contest, 'exact');
  if (!entry) return undefined;
  const { calls, ...made } = entry.created;
  const names = Object.entries(made).map(([name, count]) => `${count} ${name}`);
  return {
    measured: median(entry.wall) * 1e6,
    contest,
    note: `GPU objects made in ${calls} calls: ${names.join(', ') || 'none'}`,
  };
}

/** `least` or `most` is what the measured number must reach or stay within. */
const wanted = [
  {
    name: 'fill normals, exact, against jax-js random.normal, 2^24',
    least: 5,
    find: versusJax('exact'),
  },
  {
    name: 'fill normals, native, against jax-js random.normal, 2^24',
    least: 6,
    find: versusJax('native'),
  },
  {
    name: 'noise and clip in place, exact, against the three ops of tfjs-webgpu, 2^22',
    least: 5,
    find: (contests) => compare(near(contests, 'clip', 22), 'tfjs-webgpu', 'exact', 'wall'),
  },
  {
    name: 'fill normals, exact, against the fastest on the CPU with its upload, 2^24',
    least: (software) => (software === 'swiftshader' ? 2 : 15),
    find: versusCpu,
  },
  {
    name: 'fill normals, exact against native math: time',
    most: 1.15,
    find: (contests) => compare(near(contests, 'fill', 22), 'exact', 'native'),
  },
  { name: 'a chain of 8 ops against its most expensive op: time', most: 1.15, find: eightOps },
  {
    name: 'a fused chain of 4 ops against 4 kernels',
    least: 1.5,
    find: (contests) => compare(contestOf(contests, 'chain4'), 'unfused: a kernel each', 'exact'),
  },
  { name: 'host time of encode in steady state', most: 10, unit: 'µs', find: hostCost },
  { name: 'cost per element, most against least', most: 1.1, find: perElement },
];

/**
 * @param adapter the adapter's name, on which one of the numbers depends
 * @returns a line for each target: what is wanted, what was measured where, and whether it is reached
 */
export function targetsOf(contests, adapter) {
  const software = /swiftshader/i.test(adapter) ? 'swiftshader' : 'other';
  return wanted.map(({ name, least, most, unit, find }) => {
    const limit = typeof least === 'function' ? least(software) : (least ?? most);
    const show = (value) => (unit ? `${value.toFixed(2)} ${unit}` : times(value));
    const goal = `${least ? '≥' : '≤'} ${unit ? `${limit} ${unit}` : `${limit} ×`}`;
    const found = find(contests);
    if (found?.measured === undefined) return { name, wanted: goal, measured: 'not measured' };
    const { measured, contest, note } = found;
    return {
      name,
      wanted: goal,
      measured: show(measured),
      elements: contest.elements,
      reached: least ? measured >= limit : measured <= limit,
      ...(note && { note }),
    };
  });
}
