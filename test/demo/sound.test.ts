import { describe, expect, it } from 'vitest';
import { recipeOf } from '../../demo/sound/recipe.js';
import { fromQuery, toQuery } from '../../demo/sound/settings.js';
import { spectrogramOf } from '../../demo/sound/spectrogram.js';
import { decodeWav, encodeWav } from '../../demo/sound/wav.js';

describe('the spectrogram', () => {
  it('has a sine of full scale at its frequency, at 0 dB, and silence before and after', () => {
    const samples = Float32Array.from({ length: 4096 }, (_, i) => Math.sin((Math.PI * i) / 8));
    const { columns, bins, levels } = spectrogramOf(samples, 22_050, 16);
    expect([columns, bins]).toEqual([16, 256]);
    const middle = levels.subarray(8 * bins, 9 * bins);
    // A period of 16 samples is bin 512 / 16. Rounding to f32 moves samples by 2^-25 at most, which the
    // window's sum of 2 makes 2^-24 of the amplitude.
    expect(Math.abs(middle[32]!)).toBeLessThan((20 / Math.LN10) * 2 ** -24);
    // Hann's window leaks into the neighbours, by half of the amplitude, and no further.
    expect(middle[31]).toBeCloseTo(20 * Math.log10(0.5), 4);
    expect(Math.max(...middle.subarray(0, 31), ...middle.subarray(34))).toBeLessThan(-100);
  });
});

describe('WAV files', () => {
  it('give back samples that are whole steps of 16 bits, and clip what is beyond', async () => {
    const samples = Float32Array.of(0, 1 / 32_768, -0.5, -1, 32_767 / 32_768);
    const open = async (given: Float32Array) =>
      decodeWav(await encodeWav(given, 8000).arrayBuffer());
    expect(await open(samples)).toEqual({ rate: 8000, samples });
    const beyond = (await open(Float32Array.of(1.5, -1.5, 0.6 / 32_768)))!.samples;
    expect(beyond).toEqual(Float32Array.of(32_767 / 32_768, -1, 1 / 32_768));
  });

  it('are plain only with the header that is written', async () => {
    const bytes = await encodeWav(new Float32Array(9), 8000).arrayBuffer();
    for (let at = 0; at < 44; at++) {
      const changed = bytes.slice(0);
      new Uint8Array(changed)[at]! ^= 0x40;
      expect(decodeWav(changed)).toBe(undefined);
    }
    expect(decodeWav(bytes.slice(0, 44))).toBe(undefined);
  });
});

describe("the sound page's settings", () => {
  it('are the same after a way through the address, and wrong ones are left out', () => {
    for (const query of ['', '?level=clips&low=-7&high=3&seed=18446744073709551615', '?db=2.5']) {
      expect(toQuery(fromQuery(query))).toBe(query);
    }
    expect(toQuery(fromQuery('?db=99&level=toString&noise=x&low=40&seed=-1'))).toBe('');
  });

  it('give each clip a ratio between the ends, another one with another seed', () => {
    const sound = { name: 'a', plain: true, rate: 8000, samples: new Float32Array(29.4 * 8000) };
    const asked = (query: string) => recipeOf(fromQuery(`?level=clips&${query}`), sound).asked;
    const ratios = asked('low=5&high=6');
    expect(ratios).toHaveLength(29);
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...ratios)).toBeLessThan(6);
    expect(asked('low=5&high=6&seed=1')).not.toEqual(ratios);
    expect(asked('low=5&high=5')).toEqual(Array(29).fill(5));
  });
});
