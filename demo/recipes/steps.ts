import type { Setup } from './recipe.js';

/** Which part of a recipe a loop is, as shares of the whole. */
export interface Part {
  readonly from?: number;
  readonly to?: number;
}

/**
 * The numbers from 0 to count − 1, for a recipe's loop. Before each, what was submitted is done, progress
 * is told, and a wish to stop is heard; nothing is read back for it.
 *
 * @throws the signal's reason when it is time to stop
 */
export async function* steps(
  { device, signal, progress }: Setup,
  count: number,
  { from = 0, to = 1 }: Part = {},
): AsyncGenerator<number, void> {
  for (let step = 0; step < count; step++) {
    await device.queue.onSubmittedWorkDone();
    signal?.throwIfAborted();
    progress(from + ((to - from) * step) / count);
    yield step;
  }
  progress(to);
}
