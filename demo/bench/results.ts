import type { Contest, Measured } from '../../bench/suite/index.mjs';
import { nameOf } from '../../bench/suite/index.mjs';
import { version } from '../../package.json';

/** The layout of the results, which files in bench/results have, too. */
const LAYOUT = 1;

/** What was measured, where and when. */
export function describe(device: GPUDevice, measured: Measured, started: number) {
  const { userAgent, hardwareConcurrency } = navigator;
  const { deviceMemory } = navigator as { deviceMemory?: number };
  return {
    layout: LAYOUT,
    date: new Date(started).toISOString(),
    library: version,
    adapter: nameOf(device),
    runtime: 'browser',
    versions: browserOf(userAgent),
    machine: {
      system: userAgent.match(/\((.*?)\)/)?.[1] ?? 'unknown',
      // Browsers keep the model to themselves, and give memory roughly or not at all.
      processor: 'unknown processor',
      cores: hardwareConcurrency,
      ...(deviceMemory && { memoryGiB: deviceMemory }),
    },
    seconds: Math.round((Date.now() - started) / 1000),
    ...measured,
  };
}

/** Name and version of the browser, by what it says of itself. */
export function browserOf(userAgent: string): string {
  const names = [
    ['Edge', /Edg\/([\d.]+)/],
    ['Firefox', /Firefox\/([\d.]+)/],
    ['Chrome', /(?:Headless)?Chrome\/([\d.]+)/],
    ['Safari', /Version\/([\d.]+).* Safari/],
  ] as const;
  for (const [name, pattern] of names) {
    const [, found] = pattern.exec(userAgent) ?? [];
    if (found) return `${name} ${found}`;
  }
  return userAgent;
}

/** The contests of a row, from small to large. */
export const contestsOf = (contests: readonly Contest[], row: string): Contest[] =>
  contests
    .filter((contest) => contest.row === row && contest.entries.length > 0)
    .sort((a, b) => a.elements - b.elements);
