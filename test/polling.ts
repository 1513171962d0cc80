/**
 * Dawn in Node asks whether the GPU is done as often as it can, by the global setImmediate, and keeps a core
 * busy with it that a software adapter could use. Once in a millisecond is often enough: tests take three
 * quarters of the time. Nothing else here calls the global: Node has one of its own.
 */
const onceInAMillisecond = <A extends unknown[]>(ask: (...given: A) => void, ...given: A) =>
  setTimeout(ask, 1, ...given);

Object.assign(globalThis, { setImmediate: onceInAMillisecond });
