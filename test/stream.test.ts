import { describe, expect, it } from 'vitest';
import { advance, blockOf, ORIGIN, streamState, words } from '../src/stream.js';

describe('streamState', () => {
  it('takes numbers, bigints and decimal strings alike', () => {
    for (const seed of [42, 42n, '42'] as const) {
      expect(streamState('run', { seed }, ORIGIN)).toEqual({ seed: 42n, stream: 0n, position: 0n });
    }
  });

  it('is frozen, and survives JSON as decimal strings', () => {
    const given = { seed: 2n ** 64n - 1n, stream: 7n, position: 2n ** 66n - 1n };
    const state = streamState('state', given, ORIGIN);
    expect(Object.isFrozen(state)).toBe(true);
    const json = JSON.stringify(state);
    expect(json).toBe(
      '{"seed":"18446744073709551615","stream":"7","position":"73786976294838206463"}',
    );
    expect(streamState('state', JSON.parse(json), ORIGIN)).toEqual(given);
  });

  it.each([
    [{ seed: -1 }, RangeError, 'run: seed must be from 0 to 2^64 - 1, got -1'],
    [{ seed: 2n ** 64n }, RangeError, 'run: seed must be from 0 to 2^64 - 1, got 1844674407370955'],
    [{ stream: 2n ** 64n }, RangeError, 'run: stream must be from 0 to 2^64 - 1'],
    [{ position: 2n ** 66n }, RangeError, 'run: position must be from 0 to 2^66 - 1'],
    [{ position: -1n }, RangeError, 'run: position must be from 0 to 2^66 - 1, got -1'],
    [
      { position: 1.5 },
      RangeError,
      'run: position must be an integer (a bigint beyond 2^53), got 1.5',
    ],
    [
      { seed: 2 ** 53 },
      RangeError,
      'run: seed must be an integer (a bigint beyond 2^53), got 9007199254740992',
    ],
    [
      { seed: Number.NaN },
      RangeError,
      'run: seed must be an integer (a bigint beyond 2^53), got NaN',
    ],
    [
      { seed: '0x10' },
      TypeError,
      'run: seed must be an integer (a bigint beyond 2^53), got "0x10"',
    ],
    [{ seed: null }, TypeError, 'run: seed must be an integer (a bigint beyond 2^53), got null'],
    [
      { seed: '9'.repeat(101) },
      TypeError,
      'run: seed must be an integer (a bigint beyond 2^53), got "9999',
    ],
    [{ sead: 1 }, TypeError, 'run: unknown field "sead" in at, known are seed, stream, position'],
    [42, TypeError, 'run: at must be an object, got 42'],
  ])('refuses %o', (at, type, message) => {
    expect(() => streamState('run', at, ORIGIN)).toThrow(type);
    expect(() => streamState('run', at, ORIGIN)).toThrow(message);
  });
});

describe('a number out of range', () => {
  it.each([
    [-1, '-1'],
    [-1n, '-1'],
    ['-1', '-1'],
    [2n ** 64n, '18446744073709551616'],
    ['9'.repeat(100), '9'.repeat(100)],
    [10n ** 999n, 'a bigint of many digits'],
  ])('is told as it was given, up to 100 digits: %s', (seed, told) => {
    const refusal = new RangeError(`run: seed must be from 0 to 2^64 - 1, got ${told}`);
    expect(() => streamState('run', { seed }, ORIGIN)).toThrow(refusal);
  });
});

describe('positions', () => {
  it('lie four to a block and wrap at 2^66', () => {
    expect(blockOf(7n)).toEqual({ block: 1n, lane: 3 });
    expect(blockOf(2n ** 66n - 1n)).toEqual({ block: 2n ** 64n - 1n, lane: 3 });
    expect(blockOf(2n ** 66n)).toEqual({ block: 0n, lane: 0 });
    expect(blockOf(-1n)).toEqual({ block: 2n ** 64n - 1n, lane: 3 });
  });

  it('advance inside their stream', () => {
    const last = { seed: 1n, stream: 2n, position: 2n ** 66n - 1n };
    expect(advance(last, 3n)).toEqual({ seed: 1n, stream: 2n, position: 2n });
  });

  it('have a block of two words, least significant first', () => {
    expect(words(0x0123456789abcdefn)).toEqual([0x89abcdef, 0x01234567]);
  });
});
