import type * as library from 'webgpu-noise';
import type { CustomOp, EngineOptions, Op } from 'webgpu-noise';
import type { createReferenceEngine } from 'webgpu-noise/reference';
import type { references } from './references.mjs';

/** A place in the noise; integers are decimal strings, since JSON has no bigint. */
interface Place {
  readonly seed: string;
  readonly stream: string;
  readonly position: string;
}

/** A range of a buffer, and a place in the noise. */
export interface BufferRun extends Place {
  /** Elements from the start of the run's room to its range. */
  readonly offset: number;
  readonly shape: readonly number[];
}

/** A texture, or one mip level of one layer of it, and a place in the noise. */
export interface TextureRun extends Place {
  /** Width and height of what the run has of it, in pixels. */
  readonly size: readonly [number, number];
  /** Whether alpha is among the elements. */
  readonly alpha: boolean;
  /** Where in a texture of three levels and three layers; left out, the texture has one of each. */
  readonly part?: { readonly mipLevel: number; readonly layer: number };
}

export type Run = BufferRun | TextureRun;

/** A step of one's own, whose reference is one of `references.mjs`, by name. */
type NamedCustomOp = Omit<CustomOp, 'reference'> & { readonly reference: keyof typeof references };

export type NamedOp = Exclude<Op, CustomOp> | NamedCustomOp;

/** A chain, and for each column, such as 'u8 truncate', the hashes of the group's runs. */
export interface Row {
  readonly name: string;
  readonly ops: readonly NamedOp[];
  readonly rounds?: 7;
  /** The format of the textures, where it runs on textures. */
  readonly texture?: GPUTextureFormat;
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
  /** The feature that the device would need. It has not been checked then. */
  readonly missing?: GPUFeatureName;
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

export const FEATURES: readonly GPUFeatureName[];
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
