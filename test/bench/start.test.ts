import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const bench = (...args: string[]) =>
  spawnSync(process.execPath, ['bench/start.mjs', ...args], { encoding: 'utf8' });

describe('npm run bench', () => {
  it('explains itself and names every row', () => {
    const { status, stdout } = bench('--help');
    expect(status).toBe(0);
    for (const word of ['--only', '--sizes', '--json', 'fill', 'perturb', 'encode']) {
      expect(stdout).toContain(word);
    }
  });

  it.each([
    [
      ['--fast'],
      'a flag must be one of --only, --sizes, --seconds, --minutes, --out, --alone, --json, --help, got --fast',
    ],
    [['--only', 'fill,fell'], '--only must be one of fill, fill-f16,'],
    [['--only'], '--only must be followed by a value, got none'],
    [
      ['--sizes', '1000'],
      '--sizes must be powers such as 2^20,2^24 or 2^10..2^28, from 2^10 to 2^28, got "1000"',
    ],
    [['--sizes', '2^28..2^20'], '--sizes must be powers'],
    [['--seconds', '0'], '--seconds must be a number > 0, got "0"'],
    [['--minutes', '-1'], '--minutes must be a number > 0, got "-1"'],
    [['--json=yes'], '--json must stand alone, got "yes"'],
    [['fill'], 'all arguments must be flags, got "fill"'],
  ])('refuses %j in one sentence, before it builds or measures', (args, sentence) => {
    const { status, stdout, stderr } = bench(...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(`npm run bench: ${sentence}`);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
