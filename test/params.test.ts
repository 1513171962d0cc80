import { describe, expect, it } from 'vitest';
import { noise, normal, type Op } from 'webgpu-noise';
import { spreadSamples } from '../src/draws.js';
import { paramsBytes, placeParams } from '../src/params.js';
import { pieces } from '../src/pieces.js';
import { DEFAULTS, plan } from '../src/plan.js';
import { ORIGIN } from '../src/stream.js';

/** Whether each piece of a run over elements `offset` to `offset + count` of a buffer is aligned. */
function aligned(ops: readonly Op[], position: bigint, count: number, offset = 0, shape = [count]) {
  const stage = plan(ops, {}, DEFAULTS).stages[0]!;
  const { samples } = spreadSamples('run', stage, [{ count, shape }]);
  const packed = new ArrayBuffer(paramsBytes(stage));
  const limits = { maxStorageBufferBindingSize: 1024, maxComputeWorkgroupsPerDimension: 65535 };
  const target = { buffer: { size: 2 ** 20 }, offset, count };
  return pieces({ target }, 4, 256, limits).map((piece) =>
    placeParams(stage, { piece, varying: [], samples: samples[0]! })(packed, 0, {
      ...ORIGIN,
      position,
    }),
  );
}

describe('the draws of a piece are aligned', () => {
  it('where they start on a block, in a target at any multiple of four elements', () => {
    expect(aligned([normal()], 8n, 100)).toEqual([true]);
    expect(aligned([normal()], 8n, 100, 4)).toEqual([true]);
    for (const lane of [1n, 2n, 3n]) expect(aligned([normal()], 8n + lane, 100)).toEqual([false]);
  });

  it('where lane and place in the target cancel', () => {
    expect(aligned([normal()], 3n, 100, 3)).toEqual([true]);
    expect(aligned([normal()], 0n, 100, 3)).toEqual([false]);
  });

  it('if those of all ops are', () => {
    expect(aligned([noise(), noise()], 0n, 100)).toEqual([true]);
    expect(aligned([noise(), noise()], 0n, 101)).toEqual([false]);
  });

  it('up to the block whose low word is the last, piece by piece', () => {
    const end = 2n ** 34n;
    expect(aligned([normal()], end - 100n, 100)).toEqual([true]);
    expect(aligned([normal()], end - 100n, 101)).toEqual([false]);
    expect(aligned([normal()], end - 300n, 500)).toEqual([true, false]);
    expect(aligned([normal()], end, 500)).toEqual([true, true]);
  });

  it('whatever the lane, where each sample is drawn for itself', () => {
    const shared = [noise({ share: [0] })];
    expect(aligned(shared, 3n, 100, 0, [20, 5])).toEqual([true]);
    expect(aligned(shared, 2n ** 34n - 5n, 100, 0, [20, 5])).toEqual([true]);
    expect(aligned(shared, 2n ** 34n - 4n, 100, 0, [20, 5])).toEqual([false]);
  });
});
