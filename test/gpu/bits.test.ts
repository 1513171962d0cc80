import { describe, expect, it } from 'vitest';
import { hashWords } from 'webgpu-noise';
import { functions } from '../functions.js';
import { testDevice } from './device.js';
import { resultsOf } from './words.js';

const { device } = await testDevice();

describe('the GPU', () => {
  it.each(functions)('has the specified bits of $name', async (specified) => {
    expect(hashWords(await resultsOf(device, specified, 'xor'))).toBe(specified.hash);
  });
});
