import fc from 'fast-check';
import { expect } from 'vitest';

/** Values that call code of their own, are enormous, or only look like something. */
const wild: readonly (() => unknown)[] = [
  () => new Array(2 ** 32 - 1),
  () => Array(100_000).fill(1),
  () => [[[[[[[]]]]]]],
  () => 'x'.repeat(100_000),
  () => '9'.repeat(100_000),
  () => 10n ** 1000n,
  () => -(2n ** 66n),
  () => 2 ** 53,
  () => 1e39,
  () => -1e-46,
  () => Symbol('x'),
  () => () => 1,
  () => class Nameless {},
  () => ({
    get buffer() {
      throw new Error('a getter');
    },
  }),
  () => [
    {
      get op() {
        throw new Error('a getter');
      },
    },
  ],
  () => throwing({}),
  () => throwing([]),
  () => revoked({}),
  () => revoked([]),
  () => new Proxy(new Float32Array(4), {}),
  () => Object.create(Float32Array.prototype),
  () => Object.create(Uint32Array.prototype),
  () => Object.create(null),
  () => circle(),
  () => new Float32Array(5),
  () => new DataView(new ArrayBuffer(8)),
  () => new SharedArrayBuffer(8),
  () => lookalike(),
  () => ({ buffer: lookalike(), count: 4 }),
  () => ({ createView() {}, usage: 0xff, format: 'rgba32float', width: 2, height: 2 }),
  () => ({ perAxis: 0, values: new Array(2 ** 32 - 1) }),
  () => ({ perAxis: 1e300, values: [1, 'x'] }),
  () => ({ dispatchWorkgroups() {} }),
  () => ({ beginComputePass() {} }),
  () => Promise.resolve(1),
];

/** What says that it is a buffer, and is none. */
function lookalike() {
  return { mapAsync() {}, mapState: 'unmapped', usage: 0xffff, size: 4096, label: '' };
}

/** A proxy that throws, whatever is asked of it. */
function throwing(of: object): object {
  const trap = () => {
    throw new Error('a trap');
  };
  return new Proxy(of, {
    get: trap,
    has: trap,
    ownKeys: trap,
    getPrototypeOf: trap,
    getOwnPropertyDescriptor: trap,
  });
}

function revoked(of: object): object {
  const { proxy, revoke } = Proxy.revocable(of, {});
  revoke();
  return proxy;
}

function circle(): object {
  const around: Record<string, unknown> = {};
  for (const field of ['buffer', 'source', 'target', 'shape', 'channels']) around[field] = around;
  return around;
}

/** Makes a value; fast-check would look into the value itself, which some do not allow. */
export type Make = () => unknown;

/** Anything that JavaScript has. */
export const hostile: fc.Arbitrary<Make> = fc.oneof(
  fc.constantFrom(...wild),
  fc
    .anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    })
    .map((value) => () => value),
  fc
    .constantFrom(undefined, null, Number.NaN, Infinity, -Infinity, -0, -1, 0.5, 2 ** 32, '', true)
    .map((value) => () => value),
);

/** Lists and objects that have nothing of their own but what is in them. */
const isPlain = (value: unknown): value is Record<string, unknown> =>
  Array.isArray(value) ||
  (typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype);

/** The places in a tree of plain lists and objects, its root first. */
function pathsOf(value: unknown): string[][] {
  if (!isPlain(value)) return [[]];
  const inner = Object.keys(value).flatMap((key) =>
    pathsOf(value[key]).map((path) => [key, ...path]),
  );
  return [[], ...inner];
}

function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by;
  const from = value as Record<string, unknown>;
  const inner = replaced(from[key], rest, by);
  if (Array.isArray(from)) return from.map((item, i) => (String(i) === key ? inner : item));
  return { ...from, [key]: inner };
}

/** Wrong arguments: any, or right ones but for one thing in them. */
export function wrongArguments(args: readonly unknown[]): fc.Arbitrary<() => unknown[]> {
  const any = fc.array(hostile, { maxLength: 3 }).map((list) => () => list.map((make) => make()));
  const paths = pathsOf(args).filter(({ length }) => length > 0);
  if (paths.length === 0) return any;
  const one = fc.tuple(fc.constantFrom(...paths), hostile).map(
    ([path, make]) =>
      () =>
        replaced(args, path, make()) as unknown[],
  );
  return fc.oneof({ arbitrary: any, weight: 1 }, { arbitrary: one, weight: 3 });
}

/** Arguments whose every field and item is what it was when it is read first, and something hostile later. */
export function flipping(value: unknown, later: unknown): unknown {
  if (!isPlain(value)) return value;
  const keys = Object.keys(value);
  const flips: Record<string, unknown> = Array.isArray(value) ? ([] as never) : {};
  for (const key of keys) {
    let reads = 0;
    const first = flipping(value[key], later);
    const get = () => (reads++ === 0 ? first : later);
    Object.defineProperty(flips, key, { get, enumerable: true, configurable: true });
  }
  return flips;
}

/** Fails unless an error is a refusal in one sentence that starts with one of the names. */
export function expectRefusal(error: unknown, names: readonly string[]): void {
  const { message, name } = error as Error;
  const isRefusal = ['TypeError', 'RangeError'].includes(name);
  const starts = names.some((each) => message.startsWith(`${each}: `));
  if (isRefusal && starts && message.length < 1000 && !message.includes('\n')) return;
  expect.fail(`${names.join(' or ')}: must be refused in one sentence, got ${name}: ${message}`);
}
