import { describe, expect, it } from 'vitest';
import { readRunFlags, readStreamFlags } from './flags.js';

const split = (line: string) => line.split(' ').filter(Boolean);

describe('flags of the stream', () => {
  it('are the words of seed 0 for ever when nothing is given', () => {
    expect(readStreamFlags([])).toEqual({
      source: 'words',
      order: 'long',
      from: { seed: 0n, stream: 0n, position: 0n },
      rounds: 10,
      bytes: Infinity,
    });
  });

  it('name any place, in any order', () => {
    const line =
      '--source normals --order seeds --seed 18446744073709551615 --stream=3 --position ' +
      '73786976294838206463 --rounds 7 --bytes 12';
    expect(readStreamFlags(split(line))).toEqual({
      source: 'normals',
      order: 'seeds',
      from: { seed: 2n ** 64n - 1n, stream: 3n, position: 2n ** 66n - 1n },
      rounds: 7,
      bytes: 12,
    });
  });

  it.each([
    ['--source bits', '--source must be one of words, normals, got "bits"'],
    ['--seed -1', '--seed must be a whole number from 0 to 2^64 - 1, got "-1"'],
    ['--position 73786976294838206464', '--position must be a whole number from 0 to 2^66 - 1'],
    ['--position', '--position must be followed by a value, got none'],
    ['--rounds 8', '--rounds must be one of 10, 7, got "8"'],
    ['--speed 8', 'a flag must be one of --source, --order,'],
    ['words', 'all arguments must be flags, got "words"'],
    ['--help=1', '--help must stand alone, got "1"'],
  ])('%s is refused', (line, sentence) => {
    const refused = () => readStreamFlags(split(line));
    expect(refused).toThrow(RangeError);
    expect(refused).toThrow(sentence);
  });
});

describe('flags of the tests', () => {
  it('are everything, with a bound, when nothing is given', () => {
    expect(readRunFlags([])).toEqual({
      only: ['own', 'tails', 'dieharder', 'ent'],
      samples: 2 ** 33,
      streams: '',
      full: false,
      out: undefined,
      again: false,
    });
  });

  it('choose parts and streams', () => {
    expect(
      readRunFlags(split('--only ent,own --samples 2^38 --streams seeds --full --out a --again')),
    ).toEqual({
      only: ['ent', 'own'],
      samples: 2 ** 38,
      streams: 'seeds',
      full: true,
      out: 'a',
      again: true,
    });
    for (const help of ['--help', '-h']) expect(readRunFlags([help])).toBeUndefined();
  });

  it.each([
    ['--only own,all', '--only must be one of own, tails, dieharder, ent, got "all"'],
    ['--samples 2^45', '--samples must be 2^N, N from 28 to 44, got "2^45"'],
    ['--samples many', '--samples must be 2^N'],
    ['--out', '--out must be followed by a value, got none'],
    ['--out --again', '--out must be followed by a value, got "--again"'],
    ['--fast', 'a flag must be one of --only, --samples, --streams,'],
  ])('%s is refused', (line, sentence) => {
    expect(() => readRunFlags(split(line))).toThrow(sentence);
  });
});
