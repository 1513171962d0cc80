const losses = new WeakMap<GPUDevice, { info?: GPUDeviceLostInfo }>();

/** Whether and why a device was lost, for all engines on it. */
function lossOf(device: GPUDevice): { readonly info?: GPUDeviceLostInfo } {
  const known = losses.get(device);
  if (known) return known;
  const loss: { info?: GPUDeviceLostInfo } = {};
  losses.set(device, loss);
  device.lost.then((info) => {
    loss.info = info;
  });
  return loss;
}

/** Errors remembered at a time; a program that fails in every frame and never asks needs no more. */
const MAX_REMEMBERED = 16;

/** The first line of what a device says; the others are its own stack of calls. */
function refused(call: string, message: string, cause?: unknown): Error {
  const sentence = `${call}: the device refused it: ${message.split('\n')[0]}`;
  return cause === undefined ? new TypeError(sentence) : new TypeError(sentence, { cause });
}

function outOfMemory(call: string, { label, size }: GPUBufferDescriptor): Error {
  return new RangeError(
    `${call}: the device must have memory for ${size} bytes ('${label}'), got out of memory`,
  );
}

/** What a call did at once, and what the device says of it later. */
export interface Attempt<T> {
  readonly value: T;
  readonly refusal: Promise<Error | undefined>;
}

/**
 * Remembers what only the device can find wrong, such as a buffer of another device, until a call
 * that can wait for the answer asks.
 */
export function createFailures(device: GPUDevice) {
  const loss = lossOf(device);
  const pending = new Set<Promise<void>>();
  const found = new Set<Error>();
  let destroyed = false;

  /** Buffers that were made since the last attempt, and whether there was no memory for them. */
  const made: Promise<GPUBufferDescriptor | undefined>[] = [];

  /** What the device says of a call: first of its buffers, which all else depends on. */
  async function answerOf(call: string, refusal: Promise<Error | undefined>) {
    const [error, ...lacking] = await Promise.all([refusal, ...made.splice(0)]);
    const lack = lacking.find(Boolean);
    return lack ? outOfMemory(call, lack) : error;
  }

  function assertUsable(call: string): void {
    if (destroyed) {
      throw new Error(`${call}: the engine must not be destroyed, got a destroyed one`);
    }
    if (loss.info) {
      const why = [loss.info.reason, loss.info.message].filter(Boolean).join(': ');
      throw new Error(`${call}: the device must be alive, got a lost one (${why})`);
    }
  }

  /** Runs `body`. What looks like a buffer, and is none, is no error of validation: the device's methods throw. */
  function named<T>(call: string, body: () => T): T {
    try {
      return body();
    } catch (cause) {
      throw refused(call, String((cause as Error)?.message ?? cause), cause);
    }
  }

  return {
    /** @throws {Error} when the device was lost or the engine destroyed */
    assertUsable,

    /** Says why something went wrong. @throws {Error} as `assertUsable`, else the error that is given */
    async explain(call: string, error: unknown): Promise<never> {
      assertUsable(call);
      // What a loss cuts off may fail before the loss is told.
      await Promise.race([device.lost, new Promise((later) => setTimeout(later))]);
      assertUsable(call);
      throw error;
    },

    /**
     * Makes a buffer. If the device has no memory for it, the next attempt is told.
     *
     * @param dropped called then, to forget the buffer
     */
    createBuffer(descriptor: GPUBufferDescriptor, dropped?: () => void): GPUBuffer {
      device.pushErrorScope('out-of-memory');
      const buffer = device.createBuffer(descriptor);
      const answer = device.popErrorScope().then(
        (error) => {
          if (!error) return undefined;
          dropped?.();
          return descriptor;
        },
        () => undefined, // the device was lost: assertUsable tells
      );
      made.push(answer);
      return buffer;
    },

    named,

    /** Runs `body` and asks the device whether it has refused something in it. */
    attempt<T>(call: string, body: () => T): Attempt<T> {
      device.pushErrorScope('validation');
      const answer = () => {
        const refusal = device.popErrorScope().then(
          (error) => (error ? refused(call, error.message) : undefined),
          () => undefined, // the device was lost: assertUsable tells
        );
        return answerOf(call, refusal);
      };
      try {
        return { value: named(call, body), refusal: answer() };
      } catch (error) {
        answer();
        throw error;
      }
    },

    /** Keeps an error that may come for whoever asks next. */
    remember(refusal: Promise<Error | undefined>) {
      const settled: Promise<void> = refusal.then((error) => {
        pending.delete(settled);
        if (error && found.size < MAX_REMEMBERED) found.add(error);
      });
      pending.add(settled);
    },

    /** Drops an error that the caller is being told. */
    async forget(error: unknown) {
      await Promise.all(pending);
      found.delete(error as Error);
    },

    /** Waits for all answers. @throws {Error} the first thing that was found wrong, once */
    async settle() {
      await Promise.all(pending);
      const [first] = found;
      if (!first) return;
      found.delete(first);
      throw first;
    },

    close() {
      destroyed = true;
    },
  };
}

export type Failures = ReturnType<typeof createFailures>;
