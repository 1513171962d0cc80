import * as timers from 'node:timers';
import { describe, expect, it } from 'vitest';
import { setPollingInterval } from 'webgpu-noise/node';
import { itRefuses } from '../refusals.js';
import { testDevice } from './device.js';

const { device } = await testDevice();

describe('setPollingInterval', () => {
  it('lets Dawn ask whether the GPU is done no oftener than it says, or as often as it can', async () => {
    setPollingInterval(200);
    const start = performance.now();
    await device.queue.onSubmittedWorkDone();
    // Node's timers count whole milliseconds.
    expect(performance.now() - start).toBeGreaterThanOrEqual(199);
    setPollingInterval(0);
    expect(globalThis.setImmediate).toBe(timers.setImmediate);
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
