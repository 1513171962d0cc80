import { createMeter, type Spent } from './meter.js';
import type { Outcome, Recipe, Setup } from './recipe.js';

/** What came of a recipe, and what it took. */
export interface Performance extends Outcome {
  /** From beginning to end, compiling included. */
  readonly seconds: number;
  /** By the GPU's own clock, where it has one. */
  readonly spent: Spent | undefined;
}

/** Runs a recipe, once its module is loaded. */
export async function perform(recipe: Recipe, setup: Setup): Promise<Performance> {
  const { run } = await recipe.load();
  const meter = createMeter(setup.device);
  const started = performance.now();
  try {
    const outcome = await run(setup);
    const seconds = (performance.now() - started) / 1000;
    return { ...outcome, seconds, spent: await meter.read() };
  } finally {
    meter.end();
  }
}

/** A number of a recipe in words: whole ones as they are, others by three digits. */
export const shown = (value: number): string =>
  Number.isInteger(value) ? value.toLocaleString('en-US') : String(Number(value.toPrecision(3)));

/** How much of the GPU's time went into noise, in words. */
export function shareOf(spent: Spent | undefined): string {
  if (!spent) return 'not measured: this device has no timestamps';
  if (spent.noisePasses === 0) return 'none';
  const percent = ((100 * spent.noise) / spent.all).toFixed(1);
  const each = ((1e3 * spent.noise) / spent.noisePasses).toFixed(1);
  return `${percent} % of the GPU’s time, ${each} ms a run`;
}
