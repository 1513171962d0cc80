import { choice, fields, isArray, items, show } from './check.js';
import { type Draw, drawsOf } from './draws.js';
import { type Format, formatNames, formats, numberFormats } from './format.js';
import { kindOf, type Op } from './ops/index.js';
import type { VaryingParameter } from './parameter.js';
import { passesOf } from './reduce/statistic.js';
import type { Rounding } from './reference/rounding.js';
import { isStatistic, type Statistic } from './statistic.js';

/** What a chain's elements are and how its noise is made. */
export interface ChainOptions {
  /** How elements are stored. Default 'f32'. */
  readonly format?: Format;
  /** 'exact', the default: the same bits everywhere. 'native': the driver's log, sin, cos and sqrt. */
  readonly math?: 'exact' | 'native';
  /** Philox rounds. Default 10; 7 is the fewest that passes the BigCrush battery. */
  readonly rounds?: 10 | 7;
  /** How numbers become whole ones in 'u8', 'i8' and 'unorm8'. Default 'nearest-even'. */
  readonly rounding?: Rounding;
}

export type ChainSettings = Required<ChainOptions>;

export const DEFAULTS: ChainSettings = {
  format: 'f32',
  math: 'exact',
  rounds: 10,
  rounding: 'nearest-even',
};

/** Ops that are fused into one kernel. */
export interface Stage extends ChainSettings {
  readonly ops: readonly Op[];
  /** Whether the first op makes its elements from nothing, so that no input is read. */
  readonly fills: boolean;
  /** What is drawn, in the order in which it is. */
  readonly draws: readonly Draw[];
  /** The parameters that are not one number for all elements. */
  readonly varying: readonly VaryingParameter[];
  /** What the first op needs to know of all elements before the stage runs. */
  readonly statistic?: Statistic | undefined;
}

/** A checked chain, free of any device. */
export interface Plan extends ChainSettings {
  readonly ops: readonly Op[];
  /** In the order in which they run: as few as the statistics that ops need allow. */
  readonly stages: readonly Stage[];
}

const MAX_OPS = 64;

/**
 * Checks ops and options, and fills in what is left out.
 *
 * @throws {TypeError | RangeError} for no ops, more than 64, an unknown op, a source anywhere but
 * first, words where numbers are wanted, or an option that is not one of its choices
 */
export function plan(list: readonly Op[], options: unknown, defaults: ChainSettings): Plan {
  if (!isArray(list)) throw new TypeError(`chain: ops must be an array, got ${show(list)}`);
  const given = items('chain', 'ops', list, (op) => op as Op, checkLength);
  const settings = chainSettings('chain', options, defaults);
  const ops = given.map((op) => kindOf(op).check(op));
  for (const [index, op] of ops.entries()) check(op, index, ops.length, settings.format);
  const stages = cut(ops).map((fused) => stage(fused, settings));
  return Object.freeze({ ...settings, ops: Object.freeze(ops), stages: Object.freeze(stages) });
}

function checkLength(length: number): void {
  if (length >= 1 && length <= MAX_OPS) return;
  throw new RangeError(`chain: ops must hold 1 to ${MAX_OPS} ops, got ${length}`);
}

/** What a chain was asked to be. */
export function settingsOf({ format, math, rounds, rounding }: ChainSettings): ChainSettings {
  return { format, math, rounds, rounding };
}

/** What an op needs to know of all elements before it, if anything. */
function statisticOf(op: Op): Statistic | undefined {
  return Object.values(kindOf(op).parameters(op)).find(isStatistic);
}

/** Cuts a list of ops before each that needs a statistic. */
function cut(ops: readonly Op[]): Op[][] {
  const stages: Op[][] = [];
  for (const op of ops) {
    const last = stages.at(-1);
    if (last && !statisticOf(op)) last.push(op);
    else stages.push([op]);
  }
  return stages;
}

function stage(ops: readonly Op[], settings: ChainSettings): Stage {
  return Object.freeze({
    ...settings,
    ops: Object.freeze(ops),
    fills: kindOf(ops[0]!).source,
    draws: Object.freeze(ops.flatMap(drawsOf)),
    varying: Object.freeze(ops.flatMap(varyingParameters)),
    statistic: statisticOf(ops[0]!),
  });
}

/** One kernel of a chain. */
export interface PlannedKernel {
  /** The ops that it fuses, such as 'noise + clip', or the pass of a reduction: 'squares'. */
  readonly kernel: string;
  /** Whether it reads all elements. */
  readonly reads: boolean;
  /** Whether it writes all elements. */
  readonly writes: boolean;
}

/** The kernels of a chain in the order in which they run. */
export function plannedKernels({ stages }: Plan): readonly PlannedKernel[] {
  const kernels = stages.flatMap(({ ops, fills, statistic }): PlannedKernel[] => {
    const fused = { kernel: ops.map(({ op }) => op).join(' + '), reads: !fills, writes: true };
    if (!statistic) return [fused];
    const { reads, finish } = passesOf(statistic);
    return [
      ...reads.map((kernel) => ({ kernel, reads: true, writes: false })),
      { kernel: finish, reads: false, writes: false },
      fused,
    ];
  });
  return Object.freeze(kernels.map((kernel) => Object.freeze(kernel)));
}

/** What messages call a parameter. */
export function parameterName({ ops }: Stage, { op, name, value }: VaryingParameter): string {
  return `${ops[op]?.op}.${isStatistic(value) ? 'axis' : name}`;
}

function varyingParameters(op: Op, index: number): VaryingParameter[] {
  return Object.entries(kindOf(op).parameters(op)).flatMap(([name, value]) =>
    typeof value === 'number' ? [] : [{ op: index, name, value }],
  );
}

function check(op: Op, index: number, length: number, format: Format): void {
  const kind = kindOf(op);
  if (kind.source && index > 0) {
    throw new RangeError(`chain: ${op.op} is a source and must be op 0, got it as op ${index}`);
  }
  if (kind.yields !== formats[format].holds) {
    const wanted = kind.yields === 'words' ? `'u32'` : numberFormats.map(show).join(' or ');
    throw new RangeError(`chain: ${op.op} needs format ${wanted}, got '${format}'`);
  }
  if (kind.yields === 'words' && length > 1) {
    throw new RangeError(`chain: ${op.op} must be the only op, got ${length} ops`);
  }
}

/** Checks the options that an engine and a chain have in common. */
export function chainSettings(
  call: string,
  options: unknown,
  defaults: ChainSettings,
): ChainSettings {
  const given = fields(call, options, ['format', 'math', 'rounds', 'rounding']);
  const or = <K extends keyof ChainSettings>(field: K) =>
    given[field] === undefined ? defaults[field] : given[field];
  return {
    format: choice(call, 'format', or('format'), formatNames),
    math: choice(call, 'math', or('math'), ['exact', 'native']),
    rounds: choice(call, 'rounds', or('rounds'), [10, 7]),
    rounding: choice(call, 'rounding', or('rounding'), ['nearest-even', 'truncate']),
  };
}
