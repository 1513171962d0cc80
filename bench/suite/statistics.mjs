// What is computed from samples. Everything that a table, a plot or a target says comes from here.

/** The q-quantile of numbers, by linear interpolation between the two nearest. */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (at - low) * (sorted[Math.ceil(at)] - sorted[low]);
}

export const median = (values) => quantile(values, 0.5);

/** How far the middle half of the numbers reaches, in parts of their median. */
export function spread(values) {
  return (quantile(values, 0.75) - quantile(values, 0.25)) / median(values);
}

/**
 * The clock by which entries are compared: the GPU's own where each of them was timed by it, as it
 * leaves out what the host does and waits for; else the wall.
 */
export function clockOf(...entries) {
  return entries.every(({ gpu }) => gpu) ? 'gpu' : 'wall';
}

/** Seconds of one run. */
export function secondsOf(entry, clock = clockOf(entry)) {
  return median(entry[clock]);
}

/**
 * How many times as long `a` takes as `b`: the median of the turns' ratios. Both were run within
 * each turn, one soon after the other, so what slows the machine down for a while cancels.
 */
export function ratio(a, b, clock = clockOf(a, b)) {
  return median(a[clock].map((seconds, turn) => seconds / b[clock][turn]));
}

/** The entry of that name, if it was measured. */
export function entryOf(contest, name) {
  return contest?.entries.find((entry) => entry.name === name);
}

/** The contest of a row at a number of elements; without a number, the one with the most. */
export function contestOf(contests, row, elements) {
  const all = contests.filter((contest) => contest.row === row && contest.entries.length > 0);
  if (elements !== undefined) return all.find((contest) => contest.elements === elements);
  return all.sort((a, b) => b.elements - a.elements)[0];
}
