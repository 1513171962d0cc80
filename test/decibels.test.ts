import { expect, it } from 'vitest';
import { amplitudeRatio } from '../src/decibels.js';

it('a ratio of amplitudes is 10^(db / 20), to the nearest f32', () => {
  for (let db = -600; db <= 600; db += 0.37) {
    const exact = 10 ** (db / 20);
    // Half an ulp of f32, and what float64 loses on the way: the octaves, of up to 100, are rounded to
    // 2^-47, and that is what the ratio is off by, relatively.
    expect(Math.abs(amplitudeRatio(db) / exact - 1)).toBeLessThan(2 ** -24 + 2 ** -46);
  }
  expect([0, 20, -20, 40].map(amplitudeRatio)).toEqual([1, 10, 0.1, 100].map(Math.fround));
});
