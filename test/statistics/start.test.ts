import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const start = (args: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
  spawnSync(process.execPath, ['test/statistics/start.mjs', ...args], { encoding: 'utf8', env });

describe('npm run test:statistics', () => {
  it('explains itself', () => {
    const { status, stdout } = start(['--help']);
    expect(status).toBe(0);
    for (const word of ['--only', '--streams', '--full', '--out', '--again']) {
      expect(stdout).toContain(word);
    }
  });

  it('says in one sentence what must be installed', () => {
    const { status, stderr } = start(['--only', 'dieharder,ent'], { ...process.env, PATH: '' });
    expect(status).toBe(1);
    expect(stderr).toBe(
      'npm run test:statistics: dieharder and ent must be installed (Debian: apt-get install ' +
        'dieharder ent; or leave them out with --only own,tails), got none\n',
    );
  });

  it('refuses what it cannot do in one sentence', () => {
    const { status, stderr } = start(['--only', 'own,all']);
    expect(status).toBe(2);
    expect(stderr).toBe(
      'npm run test:statistics: --only must be one of own, tails, dieharder, ent, got "all"\n',
    );
  });
});
