import { describe, expect, it } from 'vitest';
import { hashWords } from 'webgpu-noise';
import { functions, poissonEdges } from '../functions.js';

describe('the reference', () => {
  it.each(functions)('has the specified bits of $name', (specified) => {
    const { reference, first, step, count, hash } = specified;
    const results = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      const result = reference((first + step * i) >>> 0);
      results[i] = result;
      if (results[i] !== result) expect.fail(`${result} must be a number of f32`);
    }
    expect(hashWords(new Uint32Array(results.buffer))).toBe(hash);
  });

  it('has the specified words at which counts change', () => {
    const words = poissonEdges().map(([word]) => word);
    expect(hashWords(Uint32Array.from(words))).toBe(0xc8ecc710);
  });
});
