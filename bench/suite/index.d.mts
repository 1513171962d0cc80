import type { Yardstick } from './yardsticks/boxMuller.mjs';

/** What one contestant took, turn by turn, in seconds per run. */
export interface Entry {
  readonly name: string;
  readonly kind: 'ours' | 'limit' | 'unfused' | 'peer' | 'cpu';
  readonly wall: readonly number[];
  readonly gpu?: readonly number[];
}

/** A row at one size. */
export interface Contest {
  readonly row: string;
  readonly title: string;
  readonly elements: number;
  readonly entries: readonly Entry[];
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
}

/** How far the suite is; `done` is 0 to 1. */
export interface Progress {
  readonly done: number;
  readonly phase: string;
  readonly row?: string;
  readonly elements?: number;
  readonly name?: string;
}

export interface Measured {
  readonly interrupted: boolean;
  readonly contests: readonly Contest[];
}

export interface SuiteOptions {
  readonly only?: readonly string[];
  readonly sizes?: readonly number[];
  readonly yardsticks?: readonly Yardstick[];
  readonly seconds?: number;
  readonly minutes?: number;
  readonly signal?: AbortSignal;
  readonly progress?: (progress: Progress) => void;
  readonly report?: (contest: Contest) => void;
}

export const rows: readonly { readonly name: string; readonly title: string }[];
export function runSuite(
  device: GPUDevice,
  library: object,
  options?: SuiteOptions,
): Promise<Measured>;
export function nameOf(device: GPUDevice): string;
