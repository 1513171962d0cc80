import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { At, Format, Op, StreamState } from 'webgpu-noise';
import { createReferenceEngine, type ReferenceArray } from 'webgpu-noise/reference';
import type { ChainOptions } from '../../src/plan.js';
import { chains, places } from '../arbitrary.js';
import { storedArray, strangeElements } from '../arrays.js';
import { expectSameBits } from '../bits.js';
import { allFormats } from '../kernels.js';
import { testDevice } from './device.js';

const { engine, buffer, read } = await testDevice();
const gpu = engine();

type Options = ChainOptions & { readonly format: Format };

/** Elements of an array of 1600. */
interface Range {
  readonly offset: number;
  readonly count: number;
}

/** One run of some ops on some elements. */
interface Step {
  readonly ops: readonly Op[];
  readonly range: Range;
  readonly at: At;
}

/** A chain on a range that is cut at some places, and where else it may be read from. */
const cutChains = fc.record({ offset: fc.nat(70), count: fc.nat(1500) }).chain((range) =>
  fc.record({
    ops: chains,
    options: fc.constantFrom(...allFormats),
    at: places,
    range: fc.constant(range),
    cuts: fc.array(fc.nat(range.count), { maxLength: 4 }),
    from: fc.nat(70),
  }),
);

/** The parts of a range between cuts, some of which may be empty. */
function partsOf({ offset, count }: Range, cuts: readonly number[]): Range[] {
  const ends = [...cuts, count].sort((a, b) => a - b);
  return ends.map((end, i) => {
    const start = ends[i - 1] ?? 0;
    return { offset: offset + start, count: end - start };
  });
}

/** One op after the other on one part of a range after the other, drawing what a run of all of it would. */
function stepsOf(ops: readonly Op[], range: Range, at: At, parts: readonly Range[]): Step[] {
  const cpu = createReferenceEngine(at);
  return ops.flatMap((op) => {
    const start: StreamState = cpu.chain([op]).run(new Float32Array(range.count));
    return parts.map((part) => {
      const position = start.position + BigInt(part.offset - range.offset);
      const place = { ...at, position: BigInt.asUintN(66, position) };
      return { ops: [op], range: part, at: place };
    });
  });
}

/** What steps leave of some elements on the CPU. */
function onCPU(data: ReferenceArray, options: Options, steps: readonly Step[]): ReferenceArray {
  const elements = data.slice();
  const cpu = createReferenceEngine();
  for (const { ops, range, at } of steps) {
    cpu.chain(ops, options).run({ buffer: elements, ...range }, { at });
  }
  return elements;
}

/** What some runs leave of some elements on the GPU. */
async function onGPU(
  data: ReferenceArray,
  { format }: Options,
  run: (target: GPUBuffer) => void,
): Promise<ReferenceArray> {
  const target = buffer(data);
  run(target);
  const result = storedArray(format, await read(target, format));
  target.destroy();
  return result;
}

describe('any chain, cut at any places,', () => {
  it('gives the bits of the whole as a list of ranges, in place and from another buffer', async () => {
    await fc.assert(
      fc.asyncProperty(cutChains, async ({ ops, options, at, range, cuts, from }) => {
        const { format } = options;
        const data = strangeElements(format);
        const parts = partsOf(range, cuts);
        const chain = gpu.chain(ops, options);
        const inPlace = await onGPU(data, options, (target) => {
          chain.run(
            parts.map((part) => ({ buffer: target, ...part })),
            { at },
          );
        });
        expectSameBits(inPlace, onCPU(data, options, [{ ops, range, at }]));

        const source = buffer(data);
        const moved = data.slice().reverse();
        const pairs = (buffer: GPUBuffer) =>
          parts.map((part) => ({
            source: { ...part, buffer: source, offset: part.offset - range.offset + from },
            target: { ...part, buffer },
          }));
        const other = await onGPU(moved, options, (target) => {
          chain.run(pairs(target), { at });
        });
        const expected = moved.slice();
        createReferenceEngine()
          .chain(ops, options)
          .run(
            {
              source: { buffer: data, offset: from, count: range.count },
              target: { buffer: expected, ...range },
            },
            { at },
          );
        expectSameBits(other, expected);
        expectSameBits(storedArray(format, await read(source, format)), data);
        source.destroy();
      }),
      { numRuns: 15 },
    );
  });

  it('gives the bits of the whole op by op and piece by piece, and in f32 those of the fused chain', async () => {
    await fc.assert(
      fc.asyncProperty(cutChains, async ({ ops, options, at, range, cuts }) => {
        const data = strangeElements(options.format);
        const steps = stepsOf(ops, range, at, partsOf(range, cuts));
        const result = await onGPU(data, options, (target) => {
          for (const step of steps) {
            gpu.chain(step.ops, options).run({ buffer: target, ...step.range }, { at: step.at });
          }
        });
        expectSameBits(result, onCPU(data, options, stepsOf(ops, range, at, [range])));
        if (options.format !== 'f32') return; // others round between the ops
        expectSameBits(result, onCPU(data, options, [{ ops, range, at }]));
      }),
      { numRuns: 20 },
    );
  });
});

describe('any chain in workers, each with a device of its own,', () => {
  let workers: Worker[];

  beforeAll(async () => {
    workers = [1, 2].map(() => new Worker(new URL('worker.mjs', import.meta.url)));
    await Promise.all(workers.map((worker) => once(worker, 'message')));
  });
  afterAll(async () => {
    const ended = workers.map((worker) => once(worker, 'exit'));
    for (const worker of workers) worker.postMessage('end');
    await Promise.all(ended);
  });

  /** What steps leave of some elements on the device of a worker. */
  async function onWorker(
    worker: Worker,
    data: ReferenceArray,
    options: Options,
    steps: readonly Step[],
  ): Promise<ReferenceArray> {
    const bytes = new Uint8Array(data.slice().buffer);
    worker.postMessage({ bytes, options, steps });
    const [done] = (await once(worker, 'message')) as [Uint8Array];
    return storedArray(options.format, done);
  }

  it('gives the bits of the whole, put together from what each computes', async () => {
    await fc.assert(
      fc.asyncProperty(cutChains, async ({ ops, options, at, range, cuts }) => {
        const data = strangeElements(options.format);
        const parts = partsOf(range, cuts);
        const shares = workers.map((_, w) => parts.filter((_, i) => i % workers.length === w));
        const results = await Promise.all(
          workers.map((worker, w) =>
            onWorker(worker, data, options, stepsOf(ops, range, at, shares[w]!)),
          ),
        );
        const whole = data.slice();
        for (const [w, share] of shares.entries()) {
          for (const { offset, count } of share) {
            whole.set(results[w]!.subarray(offset, offset + count), offset);
          }
        }
        expectSameBits(whole, onCPU(data, options, stepsOf(ops, range, at, [range])));
        // Neither has written to what is the other's.
        for (const [w, share] of shares.entries()) {
          const own = onCPU(data, options, stepsOf(ops, range, at, share));
          expectSameBits(results[w]!, own);
        }
      }),
      { numRuns: 8 },
    );
  });
});
