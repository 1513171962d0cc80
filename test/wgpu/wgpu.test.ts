import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bits,
  clipNorm,
  type Format,
  hashWords,
  noise,
  normal,
  type Op,
  perAxis,
  perturb,
  snr,
} from 'webgpu-noise';
import { createReferenceEngine, normalPair } from 'webgpu-noise/reference';
import { formats, numberFormats } from '../../src/format.js';
import type { Barrier } from '../../src/kernel.js';
import type { ChainOptions } from '../../src/plan.js';
import { storedArray } from '../arrays.js';
import { edgePairs } from '../edges.js';
import { pairsKernel } from '../gpu/words.js';
import { allFormats, allKernels, textureKernels } from '../kernels.js';
import { cellsOf, type PartChecked } from '../table/check.mjs';
import { table } from '../table/library.js';
import { mixedCounts } from '../tensors.js';
import { runInDeno } from './run.js';

/** A chain over `pieces` buffers of `count` elements, one after the other in the stream. */
interface Case {
  readonly ops: readonly Op[];
  readonly options: ChainOptions & { readonly format: Format };
  readonly barrier: Barrier;
  readonly at: { readonly seed: number; readonly stream: number; readonly position: string };
  readonly count: number;
  readonly pieces: number;
  /** Bytes of a buffer. */
  readonly size: number;
  /** What the buffers hold before. */
  readonly start: 'zeros' | 'random bits';
  /** Where in the target the elements are; and where in a source, if they come from one. */
  readonly offset: number;
  readonly from?: number;
  /** Counts of a list of ranges that the elements are given as; without, they are one range. */
  readonly cut?: readonly number[];
}

interface Results {
  readonly adapter: string;
  readonly messages: string[];
  readonly pairs: number[];
  readonly chains: number[];
  readonly measurements: string[];
  readonly table: PartChecked[];
  readonly errors: string[];
}

const barriers = ['saturate', 'xor'] as const;

/** Of the table: `npm run verify` takes all of it. */
const tableParts = [
  [1, 14],
  [2, 14],
] as const;

const at = { seed: 42, stream: 7, position: String(2n ** 34n - 77n) };
const long = { seed: 42, stream: 0, position: '0' };

/** Any bit pattern that there may be; but what an f32 NaN's bits become is not promised. */
function small(ops: readonly Op[], options: Case['options'], barrier: Barrier): Case {
  const count = 9_999;
  const size = 10_004 * formats[options.format].bytes;
  const start = options.format === 'f32' ? 'zeros' : 'random bits';
  return { ops, options, barrier, at, count, pieces: 1, size, start, offset: 2 };
}

/**
 * What the table does not hold: long runs, out of place, lists. Each format has one barrier out of place, and
 * the other in lists.
 */
const cases: Case[] = [
  ...barriers.map((barrier) => ({
    ...small([normal()], { format: 'f32' }, barrier),
    ...{ at: long, count: 2 ** 20, pieces: 16, size: 2 ** 22, offset: 0 },
  })),
  ...allFormats.flatMap((format) => {
    const i = Object.keys(formats).indexOf(format.format);
    const outOfPlace = { ...small([noise()], format, barriers[i % 2]!), offset: 3, from: 1 };
    const list = {
      ...small([noise(), perturb({ std: 0.1 })], format, barriers[(i + 1) % 2]!),
      ...{ count: mixedCounts.reduce((sum, part) => sum + part, 0), cut: mixedCounts, offset: 1 },
    };
    // The source would hold NaNs of f32.
    return format.format === 'f32' ? [list] : [outOfPlace, list];
  }),
];

/** What ops that measure do with the elements of a chain, and a measurement of that, in every format. */
const measures = numberFormats.map((format) => ({
  ops: [normal({ mean: 40, std: 20 })],
  options: { format },
  size: 40_000,
  range: { offset: 3, shape: [7, 9, 101] },
  next: [
    clipNorm({ max: 900, axis: 0 }),
    noise({ std: 3 }),
    snr({ db: perAxis(1, [3, 0, 6, 9, 12, 15, 18, 21, 24]), axis: [0, 1] }),
    perturb({ std: 0.1, relative: 'rms' }),
  ],
  wanted: { axis: [0, 1], histogram: { bins: 10, min: 0, max: 100 } },
}));

const folder = mkdtempSync(join(tmpdir(), 'webgpu-noise-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('wgpu on SwiftShader', () => {
  let results: Results;

  beforeAll(async () => {
    const job = join(folder, 'job.json');
    // Without frames of videos, which naga knows only behind a switch.
    const linked = [...allKernels(), ...textureKernels(['nothing', 'buffer', 'texture'])];
    const kernels = linked.map(({ name, code }) => ({ name, code }));
    const pairKernels = barriers.map(pairsKernel);
    writeFileSync(
      job,
      JSON.stringify({
        kernels,
        pairKernels,
        pairs: [...edgePairs],
        chains: cases,
        measures,
        table: barriers.map((barrier, i) => ({ barrier, part: tableParts[i]! })),
      }),
    );
    results = await runInDeno('test/wgpu/main.mjs', [job]);
  }, 300_000);

  it('is another implementation than the one in Node, and has no complaint', () => {
    expect(results.adapter).toMatch(/swiftshader/i);
    expect(results.errors).toEqual([]);
  });

  it('compiles every kernel without errors or warnings', () => {
    expect(results.messages).toEqual([]);
  });

  it('gives the reference’s bits for all edge words, with either barrier', () => {
    const expected = new Float32Array(edgePairs.length);
    for (let i = 0; i < edgePairs.length; i += 2) {
      expected.set(normalPair(edgePairs[i]!, edgePairs[i + 1]!), i);
    }
    const hash = hashWords(new Uint32Array(expected.buffer));
    expect(results.pairs).toEqual([hash, hash]);
  });

  it('gives the bits of a seventh of the table, every chain among them, each half of it with another barrier', () => {
    const checked = results.table.flatMap((part) => part.checked);
    expect(checked.filter(({ difference, missing }) => difference || missing)).toEqual([]);
    const cells = cellsOf(table);
    expect(checked.length).toBeGreaterThan(0.14 * cells.length);
    const names = new Set(cells.map(({ row }) => row.name));
    expect(new Set(checked.map(({ name }) => name))).toEqual(names);
  });

  it('gives the reference’s bits for 2^24 consecutive normals, out of place and in lists', () => {
    const known = new Map<string, number>();
    const expected = cases.map(({ barrier: _, cut: __, ...chain }) => {
      const key = JSON.stringify(chain);
      const hash = known.get(key) ?? hashReference(chain);
      known.set(key, hash);
      return hash;
    });
    expect(results.chains).toEqual(expected);
  });

  it('measures as the reference does, for itself and for ops, in every format', async () => {
    const cpu = createReferenceEngine();
    const expected = measures.map(async ({ ops, options, size, range, wanted, next }) => {
      const { format } = options;
      const buffer = storedArray(format, new Uint8Array(size));
      createReferenceEngine().chain(ops, options).run(buffer);
      cpu.chain(next, { format }).run({ buffer, ...range }, { at: { position: 0 } });
      const measured = await cpu.measure({ buffer, ...range }, { format, ...wanted });
      return JSON.stringify(measured, (_, value) =>
        ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value,
      );
    });
    expect(results.measurements).toEqual(await Promise.all(expected));
  });
});

/** What main.mjs computes on the GPU, computed by the reference. */
function hashReference({ ops, options, at, ...chunk }: Omit<Case, 'barrier' | 'cut'>): number {
  const { count, pieces, size, start, offset, from } = chunk;
  const chain = createReferenceEngine().chain(ops, options);
  const randomBits = createReferenceEngine().chain([bits()], { format: 'u32' });
  const hashes = new Uint32Array(pieces);
  for (let piece = 0; piece < pieces; piece++) {
    const words = new Uint32Array(size / 4);
    if (start === 'random bits')
      randomBits.run(words, { at: { ...at, position: BigInt(at.position) } });
    const position = BigInt(at.position) + BigInt(piece * count);
    const target = { buffer: storedArray(options.format, words), offset, count };
    if (from === undefined) chain.run(target, { at: { ...at, position } });
    else {
      const source = new Uint32Array(size / 4);
      createReferenceEngine().chain([bits()], { format: 'u32' }).run(source);
      const elements = { buffer: storedArray(options.format, source), offset: from, count };
      chain.run({ source: elements, target }, { at: { ...at, position } });
    }
    hashes[piece] = hashWords(words);
  }
  return hashWords(hashes);
}
