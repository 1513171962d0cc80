import { describe, expect, it } from 'vitest';
import { hashWords } from 'webgpu-noise';
import { poissonCount } from '../../src/reference/poisson.js';
import { expectSameBits } from '../bits.js';
import { functions, poissonEdges } from '../functions.js';
import { testDevice } from './device.js';
import { countsOf, resultsOf } from './words.js';

const { device } = await testDevice();

describe('the GPU', () => {
  it.each(functions)('has the specified bits of $name', async (specified) => {
    expect(hashWords(await resultsOf(device, specified, 'xor'))).toBe(specified.hash);
  });

  it('changes its counts at the words of the reference', async () => {
    const edges = poissonEdges();
    const expected = Float32Array.from(edges, ([word, rate]) => poissonCount(word, rate));
    expectSameBits(await countsOf(device, edges, 'xor'), expected);
  });
});
