/** A value as an error sentence shows it. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return describe(value);
  return String(value);
}

function describe(value: object): string {
  const name = Object.getPrototypeOf(value)?.constructor?.name;
  return name && name !== 'Object' ? `a ${name}` : 'an object';
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

/** An object holding only known fields; a misspelt one would otherwise be ignored in silence. */
export function fields<K extends string>(
  call: string,
  value: unknown,
  known: readonly K[],
  of = 'options',
): { [P in K]?: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${call}: ${of} must be an object, got ${show(value)}`);
  }
  for (const field of Object.keys(value)) {
    if (!known.includes(field as K)) {
      throw new TypeError(
        `${call}: unknown field ${show(field)} in ${of}, known are ${known.join(', ')}`,
      );
    }
  }
  return value as { [P in K]?: unknown };
}
