import { describe, expect, it } from 'vitest';
import { philox4x32 } from 'webgpu-noise/reference';
import { philoxVectors } from '../vectors/philox.js';

describe('philox4x32', () => {
  it.each(philoxVectors)(
    'gives the published words of $name',
    ({ counter, key, rounds, lane, words }) => {
      const drawn: number[] = [];
      for (let [c0] = counter; drawn.length < lane + words.length; c0++) {
        drawn.push(...philox4x32([c0, counter[1], counter[2], counter[3]], key, rounds));
      }
      expect(drawn.slice(lane, lane + words.length)).toEqual(words);
    },
  );

  it('takes ten rounds where none are named', () => {
    const counter = [1, 2, 3, 4] as const;
    expect(philox4x32(counter, [5, 6])).toEqual(philox4x32(counter, [5, 6], 10));
  });
});
