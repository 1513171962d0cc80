import { choice, fields, show } from './check.js';
import { type Draw, drawsOf } from './draws.js';
import { type Format, formatNames, formats, numberFormats } from './format.js';
import { kindOf, type Op } from './ops/index.js';
import type { VaryingParameter } from './parameter.js';
import type { Rounding } from './reference/rounding.js';

/** What a chain's elements are and how its noise is made. */
export interface ChainOptions {
  /** How elements are stored. Default 'f32'. */
  readonly format?: Format;
  /** 'exact': the same bits everywhere. 'native': the driver's log, sin, cos and sqrt. */
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

/** A checked chain, free of any device. */
export interface Plan extends ChainSettings {
  readonly ops: readonly Op[];
  /** Whether the first op makes its elements from nothing, so that no input is read. */
  readonly fills: boolean;
  /** What is drawn, in the order in which it is. */
  readonly draws: readonly Draw[];
  /** The parameters that are not one number for all elements. */
  readonly varying: readonly VaryingParameter[];
}

const MAX_OPS = 64;

/**
 * Checks ops and options, and fills in what is left out.
 *
 * @throws {TypeError | RangeError} for no ops, more than 64, an unknown op, a source anywhere but
 * first, words where numbers are wanted, or an option that is not one of its choices
 */
export function plan(list: readonly Op[], options: unknown, defaults: ChainSettings): Plan {
  if (!Array.isArray(list)) throw new TypeError(`chain: ops must be an array, got ${show(list)}`);
  if (list.length < 1 || list.length > MAX_OPS) {
    throw new RangeError(`chain: ops must hold 1 to ${MAX_OPS} ops, got ${list.length}`);
  }
  const settings = chainSettings('chain', options, defaults);
  const ops = list.map((op: Op) => kindOf(op).check(op));
  for (const [index, op] of ops.entries()) check(op, index, ops.length, settings.format);
  return Object.freeze({
    ...settings,
    ops: Object.freeze(ops),
    fills: kindOf(ops[0]!).source,
    draws: Object.freeze(ops.flatMap(drawsOf)),
    varying: Object.freeze(ops.flatMap(varyingParameters)),
  });
}

/** What messages call a parameter. */
export function parameterName({ ops }: Plan, { op, name }: VaryingParameter): string {
  return `${ops[op]?.op}.${name}`;
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
