import { clearImmediate, clearTimeout, setImmediate, setTimeout } from 'node:timers';
import { promisify } from 'node:util';
import { show } from '../check.js';

/** Milliseconds. */
const LONGEST = 1000;

/**
 * Sets how often Dawn asks, in this thread, whether a GPU is done with what is waited for. By itself it does
 * so as often as it can and keeps a core busy, which a GPU does not miss. A software adapter does: with 1 it
 * has all cores, and each wait takes up to a millisecond more.
 *
 * Dawn asks by the global `setImmediate`, which is replaced, and `clearImmediate` with it; what else in the
 * thread calls the global then waits as long.
 *
 * @param milliseconds 0 to 1000; 0: as often as it can; what is less than 1 is 1
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
  const ask = milliseconds === 0 ? setImmediate : every(milliseconds);
  Object.assign(globalThis, { setImmediate: ask, clearImmediate: clear });
}

/** What takes the place of an immediate, until it is due or cleared. */
const timeouts = new WeakSet<object>();

function every(milliseconds: number) {
  const later = <A extends unknown[]>(call: (...given: A) => void, ...given: A) => {
    const timeout = setTimeout(call, milliseconds, ...given);
    timeouts.add(timeout);
    return timeout;
  };
  const promised = (value?: unknown) => new Promise((due) => later(due, value));
  return Object.assign(later, { [promisify.custom]: promised });
}

/** Clears what was made before and after an interval was set: Node's own takes immediates alone. */
function clear(handle?: object): void {
  if (handle && timeouts.has(handle)) clearTimeout(handle as NodeJS.Timeout);
  else clearImmediate(handle as NodeJS.Immediate);
}
