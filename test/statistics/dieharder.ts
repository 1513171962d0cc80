import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { BatteryTest } from './battery.js';
import { feed } from './feed.js';

/** A p-value of a test. */
export interface Row {
  readonly name: string;
  readonly ntuple: number;
  readonly tsamples: number;
  readonly psamples: number;
  readonly p: number;
}

const COLUMNS = ['test_name', 'ntuple', 'tsamples', 'psamples', 'pvalues'];

/** The arguments that dieharder gets for a test of raw words on its standard input. */
export function dieharderArguments({ number, ntuple, tsamples, psamples }: BatteryTest): string[] {
  const flag = (name: string, value?: number) => (value === undefined ? [] : [name, `${value}`]);
  return [
    ...['-g', '200', '-d', `${number}`],
    ...[...flag('-n', ntuple), ...flag('-t', tsamples), ...flag('-p', psamples)],
  ];
}

/** The installed version, or undefined where there is none. */
export function dieharderVersion(): string | undefined {
  const { stdout, error } = spawnSync('dieharder', ['-l'], { encoding: 'utf8' });
  return error ? undefined : stdout.match(/version (\S+)/)?.[1];
}

/** Feeds a test until it has enough. Returns its p-values, none if it was stopped, and the bytes it took. */
export async function runDieharder(
  test: BatteryTest,
  words: AsyncIterable<Uint32Array>,
  signal?: AbortSignal,
): Promise<{ rows: Row[]; bytes: number }> {
  const columns = COLUMNS.flatMap((name) => ['-D', name]);
  const args = [...dieharderArguments(test), '-c', ',', ...columns];
  const child = spawn('dieharder', args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const stop = () => child.kill();
  signal?.addEventListener('abort', stop);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const ended = once(child, 'close') as Promise<[code: number | null, signal: string | null]>;
  const bytes = await feed(child.stdin, words);
  const [code, killed] = await ended;
  signal?.removeEventListener('abort', stop);
  // Ctrl-C in a terminal reaches dieharder by itself, too.
  if (killed === 'SIGTERM' || killed === 'SIGINT') return { rows: [], bytes };
  const rows = parseRows(output);
  if (code === 0 && rows.length > 0) return { rows, bytes };
  const command = `dieharder ${args.join(' ')}`;
  throw new Error(
    `${command}: must end with a table, got ${killed ?? code}, ${JSON.stringify(output)}`,
  );
}

/** The table's rows: name, ntuple, samples, p. */
export function parseRows(output: string): Row[] {
  return output
    .split('\n')
    .map((line) => line.split(',').map((field) => field.trim()))
    .filter((fields) => fields.length === COLUMNS.length && /^[\d.]+(e-?\d+)?$/.test(fields[4]!))
    .map(([name, ...numbers]) => {
      const [ntuple, tsamples, psamples, p] = numbers.map(Number) as [
        number,
        number,
        number,
        number,
      ];
      return { name: name!, ntuple, tsamples, psamples, p };
    });
}
