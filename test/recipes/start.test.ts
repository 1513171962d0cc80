import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { recipes } from '../../demo/recipes/index.js';

/** Runs what `npm run recipes` runs. `heard` is called with all that was printed, whenever there is more. */
function start(args: readonly string[], heard = (_text: string, _stop: () => void) => {}) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((done) => {
    const program = spawn(process.execPath, ['demo/recipes/start.mjs', ...args]);
    let [stdout, stderr] = ['', ''];
    program.stdout.on('data', (data) => {
      stdout += String(data);
      heard(stdout, () => program.kill('SIGINT'));
    });
    program.stderr.on('data', (data) => {
      stderr += String(data);
    });
    program.on('close', (code) => done({ code, stdout, stderr }));
  });
}

describe('npm run recipes', () => {
  it('prints the names', async () => {
    const { code, stdout } = await start(['--list']);
    expect(stdout.trim().split('\n')).toEqual(Object.keys(recipes));
    expect(code).toBe(0);
  });

  it('runs those named, and prints title, claim, numbers, seconds and the share of noise', async () => {
    const { code, stdout } = await start(['montecarlo', '--seed', '2']);
    const { title, claim } = recipes.montecarlo!;
    expect(stdout).toContain(`${title} (montecarlo)\n${claim}\n`);
    expect(stdout).toMatch(/points in four dimensions: 65,536\n/);
    expect(stdout).toMatch(/took: [\d.]+ s\n {2}noise: 100.0 % of the GPU’s time/);
    expect(code).toBe(0);
  });

  it.each([
    [['monte'], /^npm run recipes: a recipe must be one of .*, got "monte"$/m],
    [['--all'], /^npm run recipes: a flag must be one of --seed, --list, --help, got --all$/m],
    [['--seed', '-1'], /^npm run recipes: --seed must be a whole number from 0 to 2\^32 - 1, got/m],
  ])('refuses %s in one sentence', async (args, sentence) => {
    const { code, stdout, stderr } = await start(args);
    expect(stderr).toMatch(sentence);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('stops at Ctrl-C', async () => {
    const { code, stderr } = await start(['detection'], (text, stop) => {
      if (text.includes('(detection)')) stop();
    });
    expect(stderr).toMatch(/npm run recipes: stopped/);
    expect(code).toBe(1);
  });
});
