import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const start = (...args: string[]) =>
  spawnSync(process.execPath, ['test/soak/start.mjs', ...args], { encoding: 'utf8' });

it.each([
  [['--fast'], 'a flag must be one of --share, --help, got --fast'],
  [['--share', '2'], '--share must be a number > 0 and ≤ 1, got "2"'],
])('npm run soak refuses %j in one sentence', (args, sentence) => {
  const { status, stdout, stderr } = start(...args);
  expect(stderr).toBe(`npm run soak: ${sentence}\n`);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});
