// A device that has refused a command does nothing, quickly: what it refuses must be seen.

/** @returns `check()`, which throws the first thing that the device has found wrong since the last */
export function watch(device) {
  let wrong;
  device.addEventListener('uncapturederror', ({ error }) => {
    wrong ??= error.message;
  });
  return {
    async check() {
      // Errors come with a delay; those of what is done are there.
      await device.queue.onSubmittedWorkDone();
      await new Promise((resolve) => setTimeout(resolve, 20));
      const message = wrong;
      wrong = undefined;
      if (message) throw new Error(message);
    },
  };
}
