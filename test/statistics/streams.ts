import type { StreamState } from '../../src/stream.js';
import type { BatteryTest, batteries } from './battery.js';
import { orders } from './orders.js';
import type { WordsOptions } from './words.js';

/** What dieharder and ent are fed. */
export interface Stream extends Pick<WordsOptions, 'source' | 'order' | 'rounds'> {
  readonly name: string;
  readonly battery: keyof typeof batteries;
}

const stream = (
  source: Stream['source'],
  order: Stream['order'],
  battery: Stream['battery'] = 'quick',
  rounds: Stream['rounds'] = 10,
): Stream => {
  const name = [source, order, ...(rounds === 7 ? ['7 rounds'] : [])].join(', ');
  return { name, source, order, battery, rounds };
};

/** The long one first; then what lies beside each other when seeds or streams are dealt out in turn. */
export const streams: readonly Stream[] = [
  stream('words', 'long', 'whole'),
  stream('words', 'seeds'),
  stream('words', 'streams'),
  stream('words', 'counting'),
  stream('words', 'transposed'),
  stream('normals', 'long'),
  stream('normals', 'seeds'),
  stream('normals', 'streams'),
  stream('words', 'long', 'quick', 7),
];

export function titleOf({ source, order, rounds }: Stream): string {
  const what = source === 'words' ? 'Raw words' : 'Normals as uniforms, 16 bits of each';
  return `${what}: ${orders[order].title}${rounds === 7 ? ', of Philox with 7 rounds' : ''}`;
}

/** Words that a test may read before it comes to what another one reads. */
const ROOM = 2n ** 40n;

/** Where a test starts to read, the first time or again: no two read the same words. */
export function placeOf({ number, ntuple = 0 }: BatteryTest, attempt: number): StreamState {
  const place = (number * 64 + ntuple) * 4 + attempt;
  return { seed: 0n, stream: 0n, position: BigInt(place) * ROOM };
}

/** Where ent reads: before all of dieharder's tests but the first, which needs few words. */
export const entPlace: StreamState = { seed: 0n, stream: 0n, position: ROOM / 2n };
