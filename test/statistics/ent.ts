import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chiSquareTail, normalTail } from '../gamma.js';
import { feed } from './feed.js';

/** What ent finds in a file of bytes, and how likely what is as far off, or farther, is. */
export interface EntResult {
  readonly bytes: number;
  readonly entropy: number;
  readonly chiSquare: number;
  readonly mean: number;
  readonly pi: number;
  readonly correlation: number;
  readonly p: Readonly<Record<'chiSquare' | 'mean' | 'pi' | 'correlation', number>>;
}

/** Whether ent is installed. It has no flag for its version. */
export const hasEnt = () => !spawnSync('ent', ['-u']).error;

/** Feeds ent as many bytes. Returns nothing if it was stopped. */
export async function runEnt(
  words: AsyncIterable<Uint32Array>,
  bytes: number,
): Promise<EntResult | undefined> {
  const child = spawn('ent', ['-t'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const ended = once(child, 'close');
  await feed(child.stdin, words, bytes);
  child.stdin.end();
  const [, killed] = await ended;
  return killed ? undefined : parseEnt(output);
}

/** The second line of `ent -t`: 1, bytes, entropy, chi-square, mean, pi, serial correlation. */
export function parseEnt(output: string): EntResult {
  const numbers = (output.split('\n')[1] ?? '').split(',').map(Number);
  if (numbers.length !== 7 || numbers.some(Number.isNaN)) {
    throw new Error(`ent -t: must print seven numbers, got ${JSON.stringify(output)}`);
  }
  const [, count, entropy, chiSquare, mean, pi, correlation] = numbers as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const twoSided = (off: number, std: number) => 2 * normalTail(Math.abs(off) / std);
  // Bytes are uniform from 0 to 255. Six of them are a point: within the circle with probability π/4.
  const inside = Math.PI / 4;
  const points = Math.floor(count / 6);
  return {
    bytes: count,
    entropy,
    chiSquare,
    mean,
    pi,
    correlation,
    p: {
      chiSquare: chiSquareTail(chiSquare, 255),
      mean: twoSided(mean - 127.5, Math.sqrt((256 ** 2 - 1) / 12 / count)),
      pi: twoSided(pi - Math.PI, 4 * Math.sqrt((inside * (1 - inside)) / points)),
      correlation: twoSided(correlation, 1 / Math.sqrt(count)),
    },
  };
}
