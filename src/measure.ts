import { choice, count, fields, finite } from './check.js';
import { type Format, numberFormats } from './format.js';
import { type Moments, momentsOf } from './moments.js';
import type { Elements } from './parameter.js';
import { type Groups, groupsOf } from './reduce/groups.js';
import { RECORD, recordWords } from './reduce/record.js';

/** Equal bins from `min` to `max`. */
export interface HistogramOptions {
  /** How many, 1 to 1024. */
  readonly bins: number;
  readonly min: number;
  readonly max: number;
}

/** What to measure. */
export interface MeasureOptions {
  /** How elements are stored. Default 'f32'. */
  readonly format?: Format;
  readonly histogram?: HistogramOptions;
}

/** What to measure along the axes of a tensor. */
export interface AxisMeasureOptions extends MeasureOptions {
  /**
   * The axes of the target's shape that are KEPT, one or several in rising order; the numbers are of
   * all others together. Of [N, C, H, W], 0 gives numbers per sample, 1 per channel, [0, 1] per channel of each sample.
   */
  readonly axis: number | readonly number[];
}

/** How many elements lie in each bin; T is a number, or an array with one number per kept index. */
export interface Histogram<T> {
  /** Bin i holds edges[i] ≤ x < edges[i + 1], the last one also x = edges[bins]. */
  readonly edges: Float32Array;
  /** The bins' counts; with `axis`, those of one kept index after the other. */
  readonly counts: Uint32Array;
  /** Elements below the first edge. */
  readonly below: T;
  /** Elements above the last edge. */
  readonly above: T;
}

/** Numbers of a target; T is a number, or an array with one number per kept index in row-major order. */
export interface Measurement<T> extends Moments<T> {
  /** Elements that each of the numbers is of. */
  readonly count: number;
  readonly histogram?: Histogram<T>;
}

/** A checked request for numbers. */
export interface MeasurePlan {
  readonly groups: Groups;
  /** Whether to answer with arrays. */
  readonly perGroup: boolean;
  /** Edges of the histogram: none without one. */
  readonly edges: Float32Array<ArrayBuffer>;
}

const MAX_BINS = 1024;

/** Counts of all groups' bins, which are read back. */
const MAX_COUNTS = 2 ** 20;

/** The options, known by name, and the format, which a target is checked with. */
export function measureFields(options: unknown) {
  const given = fields('measure', options, ['format', 'axis', 'histogram']);
  const { format = 'f32' } = given;
  return { ...given, format: choice('measure', 'format', format, numberFormats) };
}

/**
 * Checks what is asked of a target.
 *
 * @throws {TypeError | RangeError} naming the field and the value
 */
export function measurePlan(
  given: ReturnType<typeof measureFields>,
  elements: Elements,
): MeasurePlan {
  const { axis, histogram } = given;
  const groups = groupsOf('measure', elements, axis);
  const edges = histogram === undefined ? new Float32Array() : edgesOf(histogram);
  const counts = groups.count * Math.max(0, edges.length - 1);
  if (counts > MAX_COUNTS) {
    throw new RangeError(
      `measure: histogram must have at most ${MAX_COUNTS} bins over all kept indices, got ${counts}`,
    );
  }
  return { groups, perGroup: axis !== undefined, edges };
}

/** Edge i is min + (max − min)·i / bins in float64, rounded to f32. */
function edgesOf(options: unknown): Float32Array<ArrayBuffer> {
  const call = 'measure: histogram';
  const given = fields(call, options, ['bins', 'min', 'max']);
  const bins = count(call, 'bins', given.bins, MAX_BINS, 'the most');
  if (bins === 0) throw new RangeError(`${call}: bins must be at least 1, got 0`);
  const min = finite(call, 'min', given.min);
  const max = finite(call, 'max', given.max);
  if (min >= max) {
    throw new RangeError(`${call}: min must be < max, got min ${min} and max ${max}`);
  }
  // Adding 0 makes −0 a 0.
  const edges = Float32Array.from(
    { length: bins + 1 },
    (_, i) => min + ((max - min) * i) / bins + 0,
  );
  if (edges.every((edge, i) => i === 0 || edge > edges[i - 1]!)) return edges;
  throw new RangeError(`${call}: bins must have edges that differ in f32, got ${bins} bins`);
}

/** The numbers that records tell of. GPU and reference share this step. */
export function measurementOf(
  { groups, perGroup, edges }: MeasurePlan,
  records: Uint32Array,
): Measurement<number> | Measurement<Float64Array> {
  const bins = Math.max(0, edges.length - 1);
  const words = recordWords(bins);
  const each = Array.from({ length: groups.count }, (_, group) =>
    records.subarray(group * words, (group + 1) * words),
  );
  const moments = each.map((record) => momentsOf(record, groups.size));
  const all = <N extends number>(values: N[]) => Float64Array.from(values);
  const counts = new Uint32Array(bins * groups.count);
  for (const [group, record] of each.entries()) {
    counts.set(record.subarray(RECORD.bins + 1, RECORD.bins + 1 + bins), group * bins);
  }
  const below = all(each.map((record) => record[RECORD.bins]!));
  const above = all(each.map((record) => record[RECORD.bins + 1 + bins]!));
  if (!perGroup) {
    const histogram = { edges, counts, below: below[0]!, above: above[0]! };
    return { count: groups.size, ...moments[0]!, ...(bins > 0 && { histogram }) };
  }
  const column = (name: keyof Moments<number>) => all(moments.map((group) => group[name]));
  return {
    count: groups.size,
    nan: column('nan'),
    mean: column('mean'),
    variance: column('variance'),
    std: column('std'),
    skewness: column('skewness'),
    kurtosis: column('kurtosis'),
    min: column('min'),
    max: column('max'),
    ...(bins > 0 && { histogram: { edges, counts, below, above } }),
  };
}
