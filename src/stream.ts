import { fields, show } from './check.js';

/** An integer as callers give it; a decimal string lets saved JSON come back as it is. */
export type Integer = number | bigint | string;

/** A place in the noise: sample `position` of stream `stream` under seed `seed`. */
export interface StreamState {
  /** 0 ≤ seed < 2^64: the Philox key. */
  readonly seed: bigint;
  /** 0 ≤ stream < 2^64: the upper half of the Philox counter. */
  readonly stream: bigint;
  /** 0 ≤ position < 2^66, in samples: four to a Philox block. */
  readonly position: bigint;
}

/** Where a run draws; fields left out are the engine's. */
export interface At {
  readonly seed?: Integer;
  readonly stream?: Integer;
  readonly position?: Integer;
}

/** Characters of an integer as a string; 2^66 has 20 digits. */
const DIGITS = 100;

const BITS = { seed: 64, stream: 64, position: 66 } as const;

/**
 * Fills in and checks a place in the noise; `of` is how messages call it.
 *
 * @throws {TypeError} when a field is not an integer, {RangeError} when it is out of range
 */
export function streamState(call: string, at: unknown, base: StreamState, of = 'at'): StreamState {
  const given = fields(call, at, ['seed', 'stream', 'position'], of);
  return state(
    integer(call, 'seed', given.seed, base.seed),
    integer(call, 'stream', given.stream, base.stream),
    integer(call, 'position', given.position, base.position),
  );
}

/** JSON, which has no bigint, gets the numbers of a place as decimal strings. */
const PLACE = {
  toJSON(this: StreamState) {
    const { seed, stream, position } = this;
    return { seed: String(seed), stream: String(stream), position: String(position) };
  },
};

/** A frozen place. */
function state(seed: bigint, stream: bigint, position: bigint): StreamState {
  return Object.freeze(Object.assign(Object.create(PLACE), { seed, stream, position }));
}

export const ORIGIN: StreamState = state(0n, 0n, 0n);

/** The place `samples` further on; positions wrap inside their stream. */
export function advance(from: StreamState, samples: bigint): StreamState {
  return state(from.seed, from.stream, BigInt.asUintN(66, from.position + samples));
}

/** The Philox block that holds a position (64 bits; positions wrap), and its lane there, 0 to 3. */
export function blockOf(position: bigint): { block: bigint; lane: number } {
  const wrapped = BigInt.asUintN(66, position);
  return { block: wrapped >> 2n, lane: Number(wrapped & 3n) };
}

/** The two 32-bit words of a 64-bit integer, least significant first. */
export function words(value: bigint): [low: number, high: number] {
  return [Number(BigInt.asUintN(32, value)), Number(BigInt.asUintN(32, value >> 32n))];
}

function integer(call: string, field: keyof typeof BITS, value: unknown, fallback: bigint): bigint {
  if (value === undefined) return fallback;
  const exact =
    typeof value === 'bigint' ||
    Number.isSafeInteger(value) ||
    (typeof value === 'string' && value.length <= DIGITS && /^-?\d+$/.test(value));
  if (!exact) {
    const error = typeof value === 'number' ? RangeError : TypeError;
    throw new error(
      `${call}: ${field} must be an integer (a bigint beyond 2^53), got ${show(value)}`,
    );
  }
  const integer = BigInt(value as bigint | number | string);
  if (integer !== BigInt.asUintN(BITS[field], integer)) {
    const received = typeof value === 'bigint' ? show(value).replace(/n$/, '') : value;
    throw new RangeError(
      `${call}: ${field} must be from 0 to 2^${BITS[field]} - 1, got ${received}`,
    );
  }
  return integer;
}
