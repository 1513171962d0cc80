import { describe, expect, it } from 'vitest';
import { readFlags } from '../../demo/photo/flags.js';

const read = (line: string) => readFlags(line.split(' ').filter(Boolean));

describe('readFlags', () => {
  it('is the classic recipe when nothing is given', () => {
    expect(read('')).toEqual({
      seed: 42n,
      stream: 0n,
      mean: 0,
      std: 50,
      clip: { min: 0, max: 255 },
    });
  });

  it('takes the picture before, between and after flags', () => {
    for (const line of ['a.png --std 1 --out b.png', '--std 1 a.png --out b.png']) {
      expect(read(line)).toMatchObject({ picture: 'a.png', std: 1, out: 'b.png' });
    }
    expect(read('--clip 0 9 a.png')).toMatchObject({ picture: 'a.png', clip: { min: 0, max: 9 } });
  });

  it.each(['--clip -10 25.5', '--clip=-10,25.5', '--clip -10,25.5', '--clip 1 2 --clip -10 25.5'])(
    'reads %s as two numbers',
    (line) => {
      expect(read(line).clip).toEqual({ min: -10, max: 25.5 });
    },
  );

  it('takes negative numbers with and without =', () => {
    expect(read('--mean -5').mean).toBe(-5);
    expect(read('--mean=-.5e1').mean).toBe(-5);
    expect(read('--clip -20 -10').clip).toEqual({ min: -20, max: -10 });
  });

  it('keeps all 64 bits of seed and stream', () => {
    expect(read('--seed 18446744073709551615 --stream 9007199254740993')).toMatchObject({
      seed: 2n ** 64n - 1n,
      stream: 2n ** 53n + 1n,
    });
  });
});
