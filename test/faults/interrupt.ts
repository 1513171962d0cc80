/** The interfaces through which a library talks to a device. */
const INTERFACES = [
  'GPUDevice',
  'GPUQueue',
  'GPUBuffer',
  'GPUShaderModule',
  'GPUCommandEncoder',
  'GPUComputePassEncoder',
] as const;

/** What a place is called between two calls of the program's. */
export const BETWEEN = 'between calls';

/** Watching must go on, whatever the fault is. */
const UNWATCHED = ['constructor', 'addEventListener', 'removeEventListener', 'dispatchEvent'];

/**
 * Calls `at` ahead of every call of WebGPU that `body` makes, and behind each of its promises before those who
 * wait for it go on: all places where a fault can come between two steps.
 *
 * @param at told how many places were before, and what comes next
 * @param body is given a function that makes a place of its own
 */
export async function atEachStep<T>(
  at: (step: number, name: string) => void,
  body: (between: () => void) => Promise<T>,
): Promise<T> {
  let steps = 0;
  let inside = false;
  const next = (name: string) => {
    if (inside) return; // what the fault itself calls is no step
    inside = true;
    try {
      at(steps++, name);
    } finally {
      inside = false;
    }
  };
  const restore = INTERFACES.flatMap((type) => {
    const prototype = (globalThis as never as Record<string, { prototype: object }>)[type]!
      .prototype;
    return Object.entries(Object.getOwnPropertyDescriptors(prototype)).map(([name, property]) => {
      const { value: method } = property;
      if (typeof method !== 'function' || UNWATCHED.includes(name)) return () => {};
      Object.defineProperty(prototype, name, {
        ...property,
        value(this: unknown, ...given: unknown[]) {
          next(`${type}.${name}`);
          const result = Reflect.apply(method, this, given);
          if (!(result instanceof Promise)) return result;
          const settled = () => next(`after ${type}.${name}`);
          result.then(settled, settled);
          return result;
        },
      });
      return () => Object.defineProperty(prototype, name, property);
    });
  });
  try {
    return await body(() => next(BETWEEN));
  } finally {
    for (const undo of restore) undo();
  }
}
