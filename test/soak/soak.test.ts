import { describe, expect, it } from 'vitest';
import { requestDevice } from 'webgpu-noise/node';
import { watchBuffers } from '../gpu/live.js';
import { type Sample, soak } from './soak.js';
import { verdictOf } from './verdict.js';

// `settling`: a process grows by up to 108 MB in 100,000 runs until it is settled (README.md), so that of what the
// 9,000 runs judged in the first form forget only 4 KB each are noticed.
describe.each([
  { elements: 1000, runs: 100, turns: 120, samples: 40, lookEvery: 10, settling: 2 ** 25 },
  { elements: 2 ** 17, runs: 5, turns: 40, samples: 20, lookEvery: 5, settling: 2 ** 23 },
])('a program of $turns turns with $runs runs on $elements elements', ({ settling, ...work }) => {
  it('leaves no memory behind and does not slow down', async () => {
    const device = await requestDevice();
    const live = watchBuffers(device);
    const samples = await soak(device, live, work);
    expect(samples.length).toBe(work.samples);
    const runs = work.turns * work.runs;
    const done = { turns: work.turns, runs, settling };
    expect(verdictOf(samples, done)).toEqual([]);
    expect(live.labels).toEqual([]);
    device.destroy();
  });
});

describe('verdictOf', () => {
  const flat: Sample = {
    runs: 0,
    reachable: 2 ** 23,
    heap: 2 ** 24,
    resident: 2 ** 28,
    buffers: 6,
    bytes: 2 ** 18,
    run: 0.02,
    slowRun: 0.1,
    bare: 0.015,
    turn: 20,
    slowTurn: 30,
  };
  const series = (at: (i: number) => Partial<Sample>) =>
    Array.from({ length: 40 }, (_, i) => ({ ...flat, ...at(i) }));
  const done = { turns: 400, runs: 40_000 };

  it('finds nothing in what stays as it is, or falls, or jumps once', () => {
    expect(
      verdictOf(
        series(() => ({})),
        done,
      ),
    ).toEqual([]);
    expect(
      verdictOf(
        series((i) => ({ reachable: 2 ** 23 - 1000 * i })),
        done,
      ),
    ).toEqual([]);
    expect(
      verdictOf(
        series((i) => ({ resident: 2 ** 28 + (i === 20 ? 1e8 : 0) })),
        done,
      ),
    ).toEqual([]);
    expect(
      verdictOf(
        series((i) => ({ resident: 2 ** 28 + 100_000 * i })),
        done,
      ),
    ).toEqual([]);
  });

  it.each([
    [
      'what JavaScript reaches',
      (i: number) => ({ reachable: i % 10 === 9 ? 2 ** 23 + 300 * i : Number.NaN }),
    ],
    ['resident memory', (i: number) => ({ resident: 2 ** 28 + 110_000 * i })],
    ['the time of a run', (i: number) => ({ run: 0.02 + 0.0001 * i })],
    ['GPU buffers must stay at most 6, got 7', (i: number) => ({ buffers: i < 39 ? 6 : 7 })],
    ['bytes of GPU buffers', (i: number) => ({ bytes: 2 ** (i < 39 ? 18 : 23) })],
  ])('finds what rises: %s', (sentence, at) => {
    const found = verdictOf(series(at), done);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(sentence);
  });
});
