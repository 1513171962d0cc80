import type * as library from 'webgpu-noise';
import type { EngineOptions, Format, Op } from 'webgpu-noise';
import type { createReferenceEngine } from 'webgpu-noise/reference';

/** A range of memory, and a place in the noise; integers are decimal strings, since JSON has no bigint. */
export interface Run {
  readonly seed: string;
  readonly stream: string;
  readonly position: string;
  /** Elements from the start of the run's room to its range. */
  readonly offset: number;
  readonly shape: readonly number[];
}

/** A chain, and for each column, such as 'u8 truncate', the hashes of the group's runs. */
export interface Row {
  readonly name: string;
  readonly ops: readonly Op[];
  readonly rounds?: 7;
  readonly hashes: { readonly [column: string]: string };
}

export interface Group {
  readonly runs: readonly Run[];
  readonly rows: readonly Row[];
}

export interface Table {
  readonly groups: readonly Group[];
}

export interface Cell {
  readonly runs: readonly Run[];
  readonly row: Row;
  readonly column: string;
}

export interface Checked {
  readonly name: string;
  readonly column: string;
  /** The first element that is not as it must be, as a sentence. */
  readonly difference?: string;
}

/** What a device made of a part of the table. */
export interface PartChecked {
  /** The adapter, in words. */
  readonly adapter: string;
  readonly checked: readonly Checked[];
  /** What the device found wrong. */
  readonly errors: readonly string[];
}

/** Such as [2, 3]: the second third. */
export type Part = readonly [part: number, parts: number];

export type Library = Pick<typeof library, 'bits' | 'createNoiseEngine' | 'hashWords'> & {
  readonly createReferenceEngine: typeof createReferenceEngine;
};

export function makeFinite(format: Format, words: Uint32Array): void;
export function cellsOf(table: Table): Cell[];
export function referenceHashes(
  library: Library,
  cell: Omit<Cell, 'row'> & { readonly row: Omit<Row, 'hashes'> },
): string;
export function checkCells(
  device: GPUDevice,
  library: Library,
  cells: readonly Cell[],
  options?: EngineOptions,
): AsyncGenerator<Checked, void>;
export function checkPart(
  device: GPUDevice,
  library: Library,
  table: Table,
  part: Part,
  options?: EngineOptions,
): Promise<PartChecked>;
