import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Format, hashWords, noise, normal, type Op } from 'webgpu-noise';
import { createReferenceEngine, normalPair } from 'webgpu-noise/reference';
import type { Barrier } from '../../src/kernel.js';
import type { ChainOptions } from '../../src/plan.js';
import { edgePairs } from '../edges.js';
import { pairsKernel } from '../gpu/words.js';
import { allKernels, allOps } from '../kernels.js';
import { runInDeno } from './run.js';

/** A chain over `pieces` buffers of `count` zeros, one after the other in the stream. */
interface Case {
  readonly ops: readonly Op[];
  readonly options: ChainOptions & { readonly format: Format };
  readonly barrier: Barrier;
  readonly at: { readonly seed: number; readonly stream: number; readonly position: string };
  readonly count: number;
  readonly pieces: number;
}

interface Results {
  readonly adapter: string;
  readonly messages: string[];
  readonly pairs: number[];
  readonly chains: number[];
  readonly errors: string[];
}

const barriers = ['saturate', 'xor'] as const;
const at = { seed: 42, stream: 7, position: String(2n ** 34n - 77n) };
const small = { at, count: 10_004, pieces: 1 };
const long = { seed: 42, stream: 0, position: '0' };

const cases: Case[] = barriers.flatMap((barrier) => [
  { ops: [normal()], options: { format: 'f32' }, barrier, at: long, count: 2 ** 20, pieces: 16 },
  { ops: [noise({ std: 50 })], options: { format: 'u8' }, barrier, ...small },
  ...allOps.map((ops): Case => ({ ops, options: { format: 'f32' }, barrier, ...small })),
  ...allOps.map((ops): Case => ({ ops, options: { format: 'u8', rounds: 7 }, barrier, ...small })),
]);

const folder = mkdtempSync(join(tmpdir(), 'webgpu-noise-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('wgpu on SwiftShader', () => {
  let results: Results;

  beforeAll(async () => {
    const job = join(folder, 'job.json');
    const kernels = allKernels().map(({ name, code }) => ({ name, code }));
    const pairKernels = barriers.map(pairsKernel);
    writeFileSync(
      job,
      JSON.stringify({ kernels, pairKernels, pairs: [...edgePairs], chains: cases }),
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

  it('gives the reference’s bits for every op and format, and for 2^24 consecutive normals', () => {
    const known = new Map<string, number>();
    const expected = cases.map(({ barrier: _, ...chain }) => {
      const key = JSON.stringify(chain);
      const hash = known.get(key) ?? hashReference(chain);
      known.set(key, hash);
      return hash;
    });
    expect(results.chains).toEqual(expected);
  });
});

/** What main.mjs computes on the GPU, computed by the reference. */
function hashReference({ ops, options, at, count, pieces }: Omit<Case, 'barrier'>): number {
  const chain = createReferenceEngine().chain(ops, options);
  const hashes = new Uint32Array(pieces);
  for (let piece = 0; piece < pieces; piece++) {
    const data = options.format === 'u8' ? new Uint8Array(count) : new Float32Array(count);
    const position = BigInt(at.position) + BigInt(piece * count);
    chain.run(data, { at: { ...at, position } });
    hashes[piece] = hashWords(new Uint32Array(data.buffer));
  }
  return hashWords(hashes);
}
