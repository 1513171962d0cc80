import { type Groups, placeOf } from '../reduce/groups.js';
import { RECORD, recordWords, writeSums } from '../reduce/record.js';
import { exponentOf, fixedOf, frameOf, keyOf, ofKey } from './fixed.js';

/**
 * The specification of a reduction, twin of shaders/reduce: the records of all groups, one after the
 * other.
 *
 * @param numbers the range's elements as numbers of f32
 * @param edges of the histogram, rising; none without one
 */
export function reduce(
  numbers: Float32Array,
  groups: Groups,
  edges: Float32Array,
): Uint32Array<ArrayBuffer> {
  const words = recordWords(Math.max(0, edges.length - 1));
  const records = new Uint32Array(words * groups.count);
  const group = new Float32Array(groups.size);
  for (let index = 0; index < groups.count; index++) {
    const origin = placeOf(index, groups.kept);
    for (let i = 0; i < group.length; i++) {
      group[i] = numbers[origin + placeOf(i, groups.reduced)]!;
    }
    const record = records.subarray(index * words, (index + 1) * words);
    const [low, high] = extremes(group, record);
    const finite = record[RECORD.nans] === 0 && Math.max(exponentOf(low), exponentOf(high)) < 255;
    if (finite) writeSums(record, sums(group, low, high));
    if (edges.length > 0) tally(group, edges, record.subarray(RECORD.bins));
  }
  return records;
}

function extremes(group: Float32Array, record: Uint32Array): [low: number, high: number] {
  let [highest, lowest, nans] = [0, 0, 0];
  for (const x of group) {
    if (Number.isNaN(x)) nans++;
    else {
      highest = Math.max(highest, keyOf(x));
      lowest = Math.max(lowest, ~keyOf(x) >>> 0);
    }
  }
  record[RECORD.highest] = highest;
  record[RECORD.lowest] = lowest;
  record[RECORD.nans] = nans;
  return [ofKey(~lowest >>> 0), ofKey(highest)];
}

/** The sums of t, m, m², m³, m⁴, where t is an element's distance from the lowest, and m = ⌊t / 2^32⌋. */
function sums(group: Float32Array, low: number, high: number): bigint[] {
  const { scale, lowest, up } = frameOf(low, high);
  let [s0, s1, s2, s3, s4] = [0n, 0n, 0n, 0n, 0n];
  for (const x of group) {
    const t = (fixedOf(x, scale) - lowest) << BigInt(up);
    const m = t >> 32n;
    const square = m * m;
    s0 += t;
    s1 += m;
    s2 += square;
    s3 += square * m;
    s4 += square * square;
  }
  return [s0, s1, s2, s3, s4];
}

/** Counts below, bins, above: bins hold their lower edge, and the last one its upper one too. */
function tally(group: Float32Array, edges: Float32Array, counts: Uint32Array): void {
  const last = edges.length - 1;
  for (const x of group) {
    if (Number.isNaN(x)) continue;
    const notAbove = edges.findIndex((edge) => edge > x);
    const place = notAbove < 0 ? last + 1 : notAbove;
    counts[x === edges[last] ? last : place]!++;
  }
}
