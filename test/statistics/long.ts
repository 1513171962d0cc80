import { createNoiseEngine } from 'webgpu-noise';
import { USAGE } from '../../src/buffer.js';
import { createCounter } from './counter.js';
import { type FormatUnderTest, opsOf } from './formats.js';
import { poissonP } from './pvalues.js';
import type { TailRun } from './results.js';
import type { Fill } from './suite.js';
import { TAILS } from './tails.js';

/** The engine's normals of stream 0, and beside them those of stream 1. */
export function engineFill(device: GPUDevice, format: FormatUnderTest, seed = 42): Fill {
  const chain = createNoiseEngine(device, { seed }).chain(opsOf(format), { format: format.name });
  return (buffer, count, stream, position) => {
    chain.run({ buffer, count }, { at: { stream, position } });
  };
}

/** Samples that are counted at a time. */
const BATCH = 2 ** 24;

/** The tails of stream 0 start where no other test of ours reads. */
const START = 2n ** 40n;

/** Counts the tails of `part` samples on the GPU, after what has been counted before. Returns nothing if stopped. */
export async function countTails(
  device: GPUDevice,
  format: FormatUnderTest,
  part: number,
  before?: TailRun,
  signal?: AbortSignal,
): Promise<TailRun | undefined> {
  const start = performance.now();
  const counter = createCounter(device, format);
  const fill = engineFill(device, format);
  const batch = Math.min(part, BATCH);
  const usage = USAGE.STORAGE | USAGE.COPY_SRC;
  const buffer = device.createBuffer({ size: batch * format.bytes, usage });
  const tails = counter.tails();
  const first = before?.count ?? 0;
  for (let done = 0; done < part && !signal?.aborted; done += batch) {
    const count = Math.min(batch, part - done);
    fill(buffer, count, 0, START + BigInt(first + done));
    tails.add(buffer, count);
    await device.queue.onSubmittedWorkDone();
  }
  const counted = await tails.read();
  counter.destroy();
  buffer.destroy();
  if (signal?.aborted) return undefined;
  const count = first + part;
  const found = Array.from(counted, (each, i) => each + (before?.found[i] ?? 0));
  // What is stored is as likely below the mean as above it.
  const shares = TAILS.map((n) => format.from(format.mean + n * format.std));
  const expected = [...shares, ...shares].map((share) => share * count);
  const p = found.map((each, i) => poissonP(each, expected[i]!));
  const seconds = (before?.seconds ?? 0) + (performance.now() - start) / 1000;
  return { format: format.name, count, found, expected, p, seconds };
}
