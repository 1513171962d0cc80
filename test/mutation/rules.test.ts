import { describe, expect, it } from 'vitest';
import { mutantsOf, mutate } from './rules.js';

const changes = (file: string, text: string) =>
  mutantsOf(file, text).map(({ line, was, becomes }) => [line, was, becomes]);

describe('mutantsOf', () => {
  it('changes one thing at a time, and no comment', () => {
    const text = '// 1 + 2\nlet a = (b >> 13u) + 0x1.8p-3f;\nif (a <= min(c, 0.5)) {';
    expect(changes('a.wgsl', text)).toEqual([
      [2, '>>', '<<'],
      [2, '13u', '12u'],
      [2, '+', '-'],
      [2, '0x1.8p-3f', '0x1.800002p-3f'],
      [3, '<=', '<'],
      [3, 'min(', 'max('],
      [3, '0.5', '0.5000000596046448'],
    ]);
    const [first] = mutantsOf('a.wgsl', text);
    expect(mutate(text, first!)).toBe(text.replace('>>', '<<'));
  });

  it('changes no type, and mantissas by an ulp of f32', () => {
    const text = 'const x: A | B = round(Math.max(y, 0x1715474 * 2 ** -33));';
    expect(changes('a.ts', text)).toEqual([
      [1, 'round(', '('],
      [1, 'Math.max(', 'Math.min('],
      [1, '0x1715474', '0x1715476'],
      [1, '2', '3'],
      [1, '33', '32'],
    ]);
  });
});
