import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testDevice } from '../gpu/device.js';
import { type BatteryTest, batteries } from './battery.js';
import { dieharderArguments, dieharderVersion, parseRows, runDieharder } from './dieharder.js';
import { hasEnt, parseEnt, runEnt } from './ent.js';
import { plotPValues } from './plot.js';
import { report } from './report.js';
import { type DieharderRun, failures, isFailed, type Results } from './results.js';
import published from './results.json' with { type: 'json' };
import { entPlace, placeOf, streams } from './streams.js';
import { drawWords } from './words.js';

const { device } = await testDevice();
const results = published as unknown as Results;

const version = dieharderVersion();
const missing = [...(version ? [] : ['dieharder']), ...(hasEnt() ? [] : ['ent'])];
if (missing.length > 0) {
  console.warn(`Not run: the tests with dieharder and ent, since ${missing} is not installed.`);
}

it.runIf(process.env.DIEHARDER === 'required')('finds dieharder where it must be', () => {
  expect(missing).toEqual([]);
});

const birthdays: BatteryTest = { number: 0 };

describe('the results', () => {
  it('are those of tests on these streams, and nothing is wrong', () => {
    const known = streams.flatMap(({ name, battery }) => {
      return [...batteries[battery], ...batteries.full].map((test) => {
        return `${name}: ${dieharderArguments(test).join(' ')}`;
      });
    });
    const found = results.dieharderRuns.map(({ stream, args }) => `${stream}: ${args}`);
    expect(found.length).toBeGreaterThan(100);
    expect(found.filter((run) => !known.includes(run))).toEqual([]);
    expect(failures(results)).toEqual([]);
  });

  it('are written as they are', () => {
    expect(readFileSync('test/statistics/RESULTS.md', 'utf8')).toBe(report(results));
    expect(readFileSync('test/statistics/pvalues.svg', 'utf8')).toBe(plotPValues(results));
  });

  it('would be wrong with a p-value that is too small, or WEAK three times', () => {
    const row = { name: 'x', ntuple: 0, tsamples: 1, psamples: 1 };
    const run = (attempt: number, p: number) => ({
      ...{ stream: 's', args: '-d 0', attempt, bytes: 0, seconds: 0 },
      rows: [
        { ...row, p: 0.5 },
        { ...row, p },
      ],
    });
    const of = (...dieharderRuns: DieharderRun[]) =>
      failures({ ...results, own: [], tails: [], ent: [], dieharderRuns });
    expect(of(run(0, 0.001), run(1, 0.999), run(2, 0.5))).toEqual([]);
    expect(of(run(0, 0.001), run(1, 0.999), run(2, 0.004))).toHaveLength(1);
    expect(of(run(0, 1 - 1e-7))).toHaveLength(1);
    const own = [{ format: 'f32', count: 1, seconds: 0, results: [{ test: 'moment 1', p: 1e-9 }] }];
    expect(failures({ ...results, own })).toEqual(['f32, moment 1: p = 1e-9']);
  });
});

describe.skipIf(missing.length > 0)('dieharder', () => {
  const run = streams.filter(({ name }) => {
    return results.dieharderRuns.some(({ stream }) => stream === name);
  });
  it.runIf(version === results.dieharder).each(run)(
    'gives the p-value in the results for $name',
    async (stream) => {
      const words = drawWords(device, { ...stream, from: placeOf(birthdays, 0) });
      const { rows, bytes } = await runDieharder(birthdays, words);
      const args = dieharderArguments(birthdays).join(' ');
      const known = results.dieharderRuns.find((run) => {
        return run.stream === stream.name && run.args === args && run.attempt === 0;
      });
      expect(rows).toEqual(known!.rows);
      // 100 samples of 512 birthdays, a word each at the least.
      expect(bytes).toBeGreaterThan(100 * 512 * 4);
    },
  );

  it.each([{ number: 100 }, { number: 8 }])(
    'passes words and fails the same with a bit stuck: test $number',
    async (test) => {
      const from = placeOf(test, 3);
      const draw = () => drawWords(device, { source: 'words', order: 'long', from, rounds: 10 });
      const { rows } = await runDieharder(test, draw());
      expect(rows.filter(({ p }) => isFailed(p))).toEqual([]);
      const broken = await runDieharder(test, withStuckBit(draw()));
      expect(broken.rows.some(({ p }) => isFailed(p))).toBe(true);
    },
  );

  it('says what it was asked when it does not answer', async () => {
    const words = drawWords(device, { ...streams[0]!, from: entPlace });
    await expect(runDieharder({ number: 999 }, words)).rejects.toThrow('-d 999');
  });
});

/** The words with the highest bit always set. */
async function* withStuckBit(words: AsyncIterable<Uint32Array>) {
  for await (const chunk of words) yield chunk.map((word) => word | (2 ** 31));
}

describe('rows of dieharder', () => {
  it('are read from its table, p-values of any size', () => {
    const output =
      '# a comment, with commas, of five, parts, 1x\n  diehard_opso,   0,   2097152,     100,0.5\n' +
      '  dab_x,  12,  65000000,       1,0.00000000\n';
    expect(parseRows(output)).toEqual([
      { name: 'diehard_opso', ntuple: 0, tsamples: 2097152, psamples: 100, p: 0.5 },
      { name: 'dab_x', ntuple: 12, tsamples: 65000000, psamples: 1, p: 0 },
    ]);
  });
});

describe.skipIf(missing.length > 0)('ent', () => {
  it('finds nothing in 2^24 bytes of words, and a stuck bit', async () => {
    const draw = () => drawWords(device, { ...streams[0]!, from: entPlace });
    const { p, bytes } = (await runEnt(draw(), 2 ** 24))!;
    expect(bytes).toBe(2 ** 24);
    expect(Math.min(...Object.values(p))).toBeGreaterThan(1e-4);
    const broken = await runEnt(withStuckBit(draw()), 2 ** 24);
    expect(broken!.p.chiSquare).toBeLessThan(1e-8);
    expect(broken!.p.mean).toBeLessThan(1e-8);
  });
});

it('what ent prints must be seven numbers', () => {
  expect(() => parseEnt('0,File-bytes\n1,2,x\n')).toThrow('must print seven numbers');
});
