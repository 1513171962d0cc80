import * as timers from 'node:timers';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { setPollingInterval } from 'webgpu-noise/node';
import { itRefuses } from '../refusals.js';
import { testDevice } from './device.js';

const { device } = await testDevice();

/** Milliseconds that it takes Dawn to find that an idle queue is idle. */
async function wait(): Promise<number> {
  const start = performance.now();
  await device.queue.onSubmittedWorkDone();
  return performance.now() - start;
}

describe('setPollingInterval', () => {
  afterEach(() => setPollingInterval(0));

  it('lets Dawn ask whether the GPU is done no oftener than it says, or as often as it can', async () => {
    setPollingInterval(200);
    // Node's timers count whole milliseconds.
    expect(await wait()).toBeGreaterThanOrEqual(199);
    setPollingInterval(0);
    expect(globalThis.setImmediate).toBe(timers.setImmediate);
    expect(await wait()).toBeLessThan(199);
  });

  it('keeps what else immediates can do: arguments, promises, to be cleared before and after', async () => {
    const called: string[] = [];
    const before = setImmediate(() => called.push('before'));
    setPollingInterval(1);
    const during = [1, 2].map((n) => setImmediate((name) => called.push(name), `during ${n}`));
    clearImmediate(before);
    clearImmediate(during[0]);
    expect(await promisify(setImmediate)('value')).toBe('value');
    const last = setImmediate(() => called.push('last'));
    setPollingInterval(0);
    clearImmediate(last);
    await new Promise((late) => setTimeout(late, 20));
    await new Promise<void>((soon) => setImmediate(soon));
    expect(called).toEqual(['during 2']);
  });

  itRefuses(TypeError, {
    'setPollingInterval: milliseconds must be a number, got "1"': () =>
      setPollingInterval('1' as never),
  });
  itRefuses(RangeError, {
    'setPollingInterval: milliseconds must be from 0 to 1000, got -1': () => setPollingInterval(-1),
    'setPollingInterval: milliseconds must be from 0 to 1000, got 1001': () =>
      setPollingInterval(1001),
    'setPollingInterval: milliseconds must be from 0 to 1000, got NaN': () =>
      setPollingInterval(Number.NaN),
  });
});
