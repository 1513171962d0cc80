import { setImmediate, setTimeout } from 'node:timers';
import { show } from '../check.js';

/** Milliseconds. */
const LONGEST = 1000;

/**
 * Sets how often Dawn asks, in this process, whether a GPU is done with what is waited for. By itself it does
 * so as often as it can and keeps a core busy, which a GPU does not miss. A software adapter does: with 1 it
 * has all cores, and each wait takes up to a millisecond more.
 *
 * Dawn asks by the global `setImmediate`, which is replaced; what else in the process calls the global then
 * waits as long.
 *
 * @param milliseconds 0 to 1000; 0: as often as it can
 * @throws {TypeError | RangeError} when it is none of these
 */
export function setPollingInterval(milliseconds: number): void {
  const field = 'setPollingInterval: milliseconds';
  if (typeof milliseconds !== 'number') {
    throw new TypeError(`${field} must be a number, got ${show(milliseconds)}`);
  }
  if (!(milliseconds >= 0 && milliseconds <= LONGEST)) {
    throw new RangeError(`${field} must be from 0 to ${LONGEST}, got ${milliseconds}`);
  }
  const later = <A extends unknown[]>(ask: (...given: A) => void, ...given: A) =>
    setTimeout(ask, milliseconds, ...given);
  Object.assign(globalThis, { setImmediate: milliseconds === 0 ? setImmediate : later });
}
