import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const load = (name: string) => import(new URL(`../../bench/suite/${name}`, import.meta.url).href);
const { clockOf, median, quantile, ratio } = await load('statistics.mjs');
const { checkMoments } = await load('check.mjs');
const { targetsOf } = await load('targets.mjs');

const folder = mkdtempSync(join(tmpdir(), 'webgpu-noise-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the statistics of a contest', () => {
  it('interpolates between the two nearest numbers', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(quantile([0, 10], 0.25)).toBe(2.5);
  });

  it('compares within turns, so that a slow turn counts for both', () => {
    const a = { wall: [2, 20, 2] };
    const b = { wall: [1, 10, 1] };
    expect(ratio(a, b)).toBe(2);
    expect(ratio({ wall: [2, 20, 21] }, { wall: [1, 10, 10] })).toBe(2);
  });

  it('goes by the clock of the GPU only where all were timed by it', () => {
    expect(clockOf({ wall: [1], gpu: [1] }, { wall: [1], gpu: [1] })).toBe('gpu');
    expect(clockOf({ wall: [1], gpu: [1] }, { wall: [1] })).toBe('wall');
  });
});

describe('the check of what comes out', () => {
  // Quantiles of the uniform distribution on [-1, 1]: mean 0, variance 1/3.
  const values = Float32Array.from({ length: 10_000 }, (_, i) => (2 * i + 1) / 10_000 - 1);

  it('accepts the moments that it expects', () => {
    expect(() => checkMoments(values, { mean: 0, std: Math.sqrt(1 / 3) })).not.toThrow();
  });

  it('refuses others, and zeros', () => {
    const normal = { mean: 0, std: 1 };
    expect(() => checkMoments(values, normal)).toThrow("the output's variance must be 1.0000 ±");
    expect(() => checkMoments(values, { mean: 0.1, std: 0.58 })).toThrow("the output's mean must");
    expect(() => checkMoments(new Float32Array(10_000), normal)).toThrow('variance');
  });
});

describe('the targets', () => {
  const fill = (exact: number, jax: number) => ({
    row: 'fill',
    elements: 2 ** 24,
    entries: [
      { name: 'exact', kind: 'ours', wall: [exact] },
      { name: 'jax-js', kind: 'peer', wall: [jax] },
    ],
  });

  it('are reached, missed or not measured', () => {
    const [reached] = targetsOf([fill(1, 5)], 'any');
    expect(reached).toMatchObject({ wanted: '≥ 5 ×', measured: '5.00 ×', reached: true });
    const [missed, native] = targetsOf([fill(1, 4.9)], 'any');
    expect(missed).toMatchObject({ measured: '4.90 ×', reached: false, elements: 2 ** 24 });
    expect(native).toEqual(expect.objectContaining({ measured: 'not measured' }));
  });
});

/** Runs the suite in Node; `onOutput` sees what it has said so far. */
function run(args: string[], onOutput = (_text: string, _stop: () => void) => {}) {
  const child = spawn(process.execPath, ['bench/node.mjs', ...args, '--out', folder]);
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
    onOutput(text, () => child.kill('SIGINT'));
  });
  return new Promise<{ code: number | null; text: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, text }));
  });
}

const results = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));

describe('the suite', () => {
  it('measures a row, prints it as JSON and keeps it as a file', async () => {
    const args = ['--only', 'chain4,encode', '--sizes', '2^10', '--seconds', '0.1', '--json'];
    const { code, text } = await run(args);
    expect(code).toBe(0);
    const printed = JSON.parse(text);
    expect(results()).toEqual([printed]);
    const [chain4, encode] = printed.contests;
    const names = ['exact', 'native', 'exact, 7 rounds', 'native, 7 rounds'];
    expect(chain4.entries.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining([...names, 'load and store only', 'unfused: a kernel each']),
    );
    expect(chain4.missing).toEqual([]);
    expect(encode.entries[0].created).toEqual(expect.objectContaining({ calls: 1024 }));
    for (const { wall } of [...chain4.entries, ...encode.entries]) {
      expect(wall.length).toBeGreaterThanOrEqual(3);
      expect(Math.min(...wall)).toBeGreaterThan(0);
    }
  });

  it('keeps what was measured when it is stopped', async () => {
    const args = ['--only', 'fill-u8,fill-f16,uniform', '--sizes', '2^10', '--seconds', '0.1'];
    const { code, text } = await run(args, (said, stop) => {
      if (said.includes('(fill-f16)')) stop();
    });
    expect(code).toBe(130);
    expect(text).toContain('stopped after');
    const stopped = results().find(({ interrupted }) => interrupted);
    expect(stopped.contests[0]).toMatchObject({ row: 'fill-f16' });
    expect(stopped.contests.length).toBeLessThanOrEqual(2);
  });

  it('starts nothing more when its minutes are over, and says so', async () => {
    const args = ['--only', 'fill-u8,uniform-u8', '--sizes', '2^10', '--minutes', '0.00001'];
    const { code, text } = await run(args);
    expect(code).toBe(0);
    expect(text).toMatch(
      /\(uniform-u8\)\n {2}all: not measured: left out: 0.00001 minutes were over/,
    );
  });
});
