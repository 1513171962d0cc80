import { describe, expect, it } from 'vitest';
import { type At, noise, normal } from 'webgpu-noise';
import { expectSameBits } from '../bits.js';
import { testDevice } from '../gpu/device.js';
import { f32, formatsUnderTest, opsOf, u8 } from './formats.js';
import { engineFill } from './long.js';
import { type Mutation, mutantFill } from './mutants.js';
import { type Fill, type Part, type PValue, runSuite } from './suite.js';

const { device, engine, buffer, read } = await testDevice();

/**
 * The seeds are fixed: what passes once always does. Of 90 p-values, chance alone would put one below this
 * for one list of seeds in 110.
 */
const LEAST = 1e-4;

/** What a broken generator must reach: below what chance does in a million runs of all tests. */
const FOUND = 1e-8;

function expectChance(results: readonly PValue[]) {
  expect(results.filter(({ p }) => !(p > LEAST))).toEqual([]); // NaN neither
}

function namesBelow(limit: number, results: readonly PValue[]): string[] {
  return results.filter(({ p }) => p < limit).map(({ test }) => test);
}

describe('2^23 normals of the engine', () => {
  it.each(formatsUnderTest)('pass every test as $name', async (format) => {
    const results = await runSuite(device, format, engineFill(device, format), 2 ** 23);
    expect(results.length).toBeGreaterThan(25);
    expectChance(results);
  });
});

describe('2^22 normals of two places that are alike', () => {
  const places: [string, At, At][] = [
    ['neighbouring seeds', { seed: 42 }, { seed: 43 }],
    ['seeds that differ in the highest bit', { seed: 42 }, { seed: 2n ** 63n + 42n }],
    ['seed and stream exchanged', { seed: 1, stream: 42 }, { seed: 42, stream: 1 }],
    ['streams that differ in the highest bit', { stream: 1 }, { stream: 2n ** 63n + 1n }],
  ];
  it.each(places)('have nothing in common: %s', async (_, own, other) => {
    const chain = engine({ seed: 42 }).chain([normal()]);
    const fill: Fill = (target, count, which, position) => {
      chain.run({ buffer: target, count }, { at: { ...(which ? other : own), position } });
    };
    expectChance(await runSuite(device, f32, fill, 2 ** 22, ['other']));
  });
});

describe('a broken generator', () => {
  it('is the engine as long as nothing is broken', async () => {
    const [own, mutant] = [buffer(new Float32Array(4096)), buffer(new Float32Array(4096))];
    for (const which of [0, 1] as const) {
      engineFill(device, f32)(own, 4096, which, 8n);
      mutantFill(device, 42)(mutant, 4096, which, 8n);
      expectSameBits(await read(mutant, 'u32'), await read(own, 'u32'));
    }
  });

  type Case = [name: string, mutation: Mutation, part: Part, power: number, test: string];
  const mutants: Case[] = [
    ['3 rounds of Philox', { rounds: 3 }, 'distribution', 20, 'chi-square of 4096 cells'],
    ['4 rounds of Philox', { rounds: 4 }, 'serial', 22, 'serial correlation, worst lag'],
    ['a bit of the radius stuck', { radius_stuck: 2 ** 20 }, 'distribution', 22, 'above 4 σ'],
    ['a bit of the angle stuck', { angle_stuck: 2 ** 26 }, 'tuples', 20, 'both of a pair'],
    ['the sign of the cosine lost', { lost_sign: true }, 'distribution', 20, 'moment 1'],
    [
      'one angle for two pairs',
      { shared_angle: true },
      'serial',
      20,
      'serial correlation, all lags',
    ],
    ['one radius for two pairs', { shared_radius: true }, 'tuples', 20, 'the sines of two pairs'],
    ['one noise for all streams', { lost_stream: true }, 'other', 20, 'one of each stream'],
  ];
  it.each(mutants)('is found: %s', async (_, mutation, part, power, test) => {
    const fill = mutantFill(device, 42, mutation);
    expect(namesBelow(FOUND, await runSuite(device, f32, fill, 2 ** power, [part]))).toContain(
      test,
    );
  });

  it('is found by its standard deviation, 1.001', async () => {
    const wide = engine({ seed: 42 }).chain([normal({ std: 1.001 })]);
    const fill: Fill = (target, count, _, position) => {
      wide.run({ buffer: target, count }, { at: { position } });
    };
    // 0.002 of the second moment are 8 standard errors of √(2 / 2^25).
    const results = await runSuite(device, f32, fill, 2 ** 25, ['distribution']);
    expect(namesBelow(FOUND, results)).toContain('moment 2');
  });

  it('is found by an echo of 0.005 after seven samples', async () => {
    const gpu = engine({ seed: 42 });
    const [plain, echo] = [gpu.chain([normal()]), gpu.chain([noise({ std: 0.005 })])];
    const fill: Fill = (target, count, _, position) => {
      plain.run({ buffer: target, count }, { at: { position: position + 7n } });
      echo.run({ buffer: target, count }, { at: { position } });
    };
    const results = await runSuite(device, f32, fill, 2 ** 22, ['serial']);
    expect(namesBelow(FOUND, results)).toContain('serial correlation, worst lag');
  });

  it('is found by a stream that is another one, 50 samples on', async () => {
    const chain = engine({ seed: 42 }).chain([normal()]);
    const fill: Fill = (target, count, which, position) => {
      const on = which === 0 ? 50n : 0n;
      chain.run({ buffer: target, count }, { at: { position: position + on } });
    };
    const results = await runSuite(device, f32, fill, 2 ** 20, ['other']);
    expect(namesBelow(FOUND, results)).toContain('correlation of two streams, worst lag');
  });

  it('is found by bytes that are cut off, not rounded', async () => {
    const cut = engine({ seed: 42 }).chain(opsOf(u8), { format: 'u8', rounding: 'truncate' });
    const fill: Fill = (target, count, _, position) => {
      cut.run({ buffer: target, count }, { at: { position } });
    };
    const results = await runSuite(device, u8, fill, 2 ** 20, ['distribution']);
    expect(namesBelow(FOUND, results)).toContain('moment 1');
  });
});
