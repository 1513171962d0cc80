import { expect, it, vi } from 'vitest';
import { checkVersion, membersOf } from '../../src/framework/version.js';

const framework = (entry: string, version?: string) => ({
  entry,
  name: 'tfjs',
  version,
  tested: ['4.22', '4.23.0'],
});

it('a framework of a version that was not tested is told of once, and goes on', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  for (const version of ['4.22.0', '4.22', '4.22.9', '4.23.0', undefined]) {
    checkVersion(framework('a', version));
  }
  expect(warn.mock.calls).toEqual([]);
  for (const version of ['4.220.0', '4.23.1', '5.0.0']) checkVersion(framework('a', version));
  checkVersion(framework('b', '3.0.0'));
  const said = warn.mock.calls.flat();
  warn.mockRestore();
  expect(said).toEqual([
    'a: tested with tfjs 4.22 and 4.23.0 only, got 4.220.0',
    'b: tested with tfjs 4.22 and 4.23.0 only, got 3.0.0',
  ]);
});

it('a framework without what is needed of it is refused, with both versions', () => {
  const part = { method: () => {}, zero: 0 };
  const members = (names: string[], version?: string) => () =>
    membersOf('targets', framework('c', version), 'the backend', part, names);
  expect(members(['method', 'zero'])).not.toThrow();
  expect(members(['method', 'gone'], '5.0.0')).toThrow(
    'targets: the backend of tfjs must have gone, as it has in 4.22 and 4.23.0, got undefined in 5.0.0',
  );
  expect(members(['gone'])).toThrow('got undefined in another version');
});
