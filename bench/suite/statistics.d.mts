import type { Contest, Entry } from './index.mjs';

export function secondsOf(entry: Entry, clock?: 'wall' | 'gpu'): number;
export function ratio(a: Entry, b: Entry, clock?: 'wall' | 'gpu'): number;
export function entryOf(contest: Contest | undefined, name: string): Entry | undefined;
