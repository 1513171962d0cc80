/**
 * Remembers what only the device can find wrong, such as a buffer of another device, until a call
 * that can wait for the answer asks.
 */
export function createFailures(device: GPUDevice) {
  const pending = new Set<Promise<void>>();
  const found: Error[] = [];
  let lost: GPUDeviceLostInfo | undefined;
  let destroyed = false;
  device.lost.then((info) => {
    lost = info;
  });

  const track = (check: Promise<void>) => {
    const settled: Promise<void> = check.finally(() => pending.delete(settled));
    pending.add(settled);
  };

  return {
    /** @throws {Error} when the device was lost or the engine destroyed */
    assertUsable(call: string) {
      if (destroyed)
        throw new Error(`${call}: the engine must not be destroyed, got a destroyed one`);
      if (lost) {
        const why = [lost.reason, lost.message].filter(Boolean).join(': ');
        throw new Error(`${call}: the device must be alive, got a lost one (${why})`);
      }
    },

    /** Runs `body` and remembers a validation error that it causes. */
    watch<T>(call: string, body: () => T): T {
      device.pushErrorScope('validation');
      try {
        return body();
      } finally {
        const remember = (error: GPUError | null) => {
          if (error) found.push(new TypeError(`${call}: the device refused it: ${error.message}`));
        };
        track(device.popErrorScope().then(remember, () => {}));
      }
    },

    /** Remembers the error of a promise that nobody waits for. */
    follow(promise: Promise<void>) {
      track(promise.catch((error: Error) => void found.push(error)));
    },

    /** Waits for all answers. @throws {TypeError} the first thing that was found wrong, once */
    async settle() {
      await Promise.all(pending);
      const [first] = found.splice(0);
      if (first) throw first;
    },

    close() {
      destroyed = true;
    },
  };
}

export type Failures = ReturnType<typeof createFailures>;
