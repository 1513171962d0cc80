/** Characters of a string, and bits of a bigint, that a sentence has room for. */
const SHOWN = 100;

/** A value as an error sentence shows it. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  if (typeof value === 'bigint') {
    return BigInt.asIntN(SHOWN, value) === value ? `${value}n` : 'a bigint of many digits';
  }
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return shortened(String(value));
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return isArray(value) ? `an array of ${value.length}` : describe(value);
  } catch {
    return 'an object';
  }
}

function describe(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return name && typeof name === 'string' && name !== 'Object'
    ? `a ${shortened(name)}`
    : 'an object';
}

function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** What is wrong where code of the caller's, a getter or a proxy, throws when it is read. */
function unreadable(call: string, field: string, cause: unknown): TypeError {
  return new TypeError(`${call}: ${field} must be readable, got ${show(cause)}`, { cause });
}

/** As `Array.isArray`, which a revoked proxy makes throw. */
export function isArray(value: unknown): value is unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** Whether a value is a typed array of a kind: one in truth, not one that only has its prototype. */
export function isTyped<T extends ArrayBufferView>(
  value: unknown,
  kind: abstract new (...args: never[]) => T,
): value is T {
  return ArrayBuffer.isView(value) && value instanceof kind;
}

/** As `instanceof`, which a proxy can make throw. */
export function isA<T>(value: unknown, kind: abstract new (...args: never[]) => T): value is T {
  try {
    return value instanceof kind;
  } catch {
    return false;
  }
}

/** Whether an object has a field; one that throws on being asked has not. */
export function has<K extends PropertyKey>(
  value: unknown,
  field: K,
): value is { [P in K]: unknown } {
  try {
    return typeof value === 'object' && value !== null && field in value;
  } catch {
    return false;
  }
}

/**
 * Checked copies of the items of a list. Each is read once, so that what was checked is what counts.
 *
 * @param checkLength throws where there are too few or too many
 */
export function items<T>(
  call: string,
  field: string,
  list: ArrayLike<unknown>,
  check: (item: unknown, index: number) => T,
  checkLength: (length: number) => void = () => {},
): T[] {
  const length = fieldOf(call, field, list, 'length') as number;
  checkLength(length);
  const copies: T[] = [];
  for (let i = 0; i < length; i++) copies.push(check(fieldOf(call, field, list, i), i));
  return copies;
}

/** A field of an object, or an item of a list, read once. */
function fieldOf(call: string, of: string, value: object, field: string | number): unknown {
  try {
    return (value as { readonly [name: string | number]: unknown })[field];
  } catch (cause) {
    throw unreadable(call, `${field} of ${of}`, cause);
  }
}

/** The names of an object's fields. */
function namesOf(call: string, of: string, value: object): string[] {
  try {
    return Object.keys(value);
  } catch (cause) {
    throw unreadable(call, of, cause);
  }
}

/** A number that f32 can hold, rounded to f32. */
export function finite(call: string, field: string, value: unknown): number {
  if (typeof value !== 'number') {
    throw new TypeError(`${call}: ${field} must be a number, got ${show(value)}`);
  }
  const rounded = Math.fround(value);
  if (!Number.isFinite(rounded)) {
    throw new RangeError(`${call}: ${field} must be a finite f32 number, got ${value}`);
  }
  return rounded;
}

/** A finite number ≥ 0, rounded to f32: a standard deviation. */
export function deviation(call: string, field: string, value: unknown): number {
  if (typeof value === 'number' && !(value >= 0 && Number.isFinite(Math.fround(value)))) {
    throw new RangeError(`${call}: ${field} must be a finite number ≥ 0, got ${value}`);
  }
  return finite(call, field, value);
}

/** A probability, 0 to 1, rounded to f32. */
export function probability(call: string, field: string, value: unknown): number {
  if (typeof value === 'number' && !(value >= 0 && value <= 1)) {
    throw new RangeError(`${call}: ${field} must be from 0 to 1, got ${value}`);
  }
  return finite(call, field, value);
}

/** A share below 1, rounded to f32. */
export function share(call: string, field: string, value: unknown): number {
  const rounded = probability(call, field, value);
  if (rounded < 1) return rounded;
  throw new RangeError(`${call}: ${field} must be below 1 in f32, got ${value}`);
}

/** An integer number in [0, limit], where `of` says what the limit is. */
export function count(call: string, field: string, value: unknown, limit: number, of: string) {
  if (typeof value !== 'number') {
    throw new TypeError(`${call}: ${field} must be a number, got ${show(value)}`);
  }
  if (!Number.isInteger(value) || value < 0 || value > limit) {
    throw new RangeError(
      `${call}: ${field} must be a whole number from 0 to ${limit} (${of}), got ${value}`,
    );
  }
  return value;
}

/** The names and values of an object, each read once. */
export function entriesOf(call: string, field: string, value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null || isArray(value)) {
    throw new TypeError(`${call}: ${field} must be an object, got ${show(value)}`);
  }
  return namesOf(call, field, value).map((name) => [name, fieldOf(call, field, value, name)]);
}

/** One of the given strings or numbers. */
export function choice<T extends string | number | boolean>(
  call: string,
  field: string,
  value: unknown,
  choices: readonly T[],
): T {
  if (choices.includes(value as T)) return value as T;
  throw new TypeError(
    `${call}: ${field} must be ${choices.map(show).join(' or ')}, got ${show(value)}`,
  );
}

/**
 * The fields of an object that holds only known ones; a misspelt one would otherwise be ignored in silence.
 * Each is read once, so that what is checked is what counts.
 */
export function fields<K extends string>(
  call: string,
  value: unknown,
  known: readonly K[],
  of = 'options',
): { [P in K]?: unknown } {
  if (typeof value !== 'object' || value === null || isArray(value)) {
    throw new TypeError(`${call}: ${of} must be an object, got ${show(value)}`);
  }
  for (const field of namesOf(call, of, value)) {
    if (!known.includes(field as K)) {
      throw new TypeError(
        `${call}: unknown field ${show(field)} in ${of}, known are ${known.join(', ')}`,
      );
    }
  }
  return pick(call, of, value, known);
}

/** Some fields of an object of whatever kind, each read once; what is no object has none. */
export function pick<K extends string>(
  call: string,
  of: string,
  value: unknown,
  names: readonly K[],
): { [P in K]?: unknown } {
  const copy: { [P in K]?: unknown } = {};
  if (typeof value !== 'object' || value === null) return copy;
  for (const name of names) {
    const read = fieldOf(call, of, value, name);
    if (read !== undefined) copy[name] = read;
  }
  return copy;
}
