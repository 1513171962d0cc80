import { describe, expect, it } from 'vitest';
import { bits } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { expectSameBits } from '../bits.js';
import curand from '../vectors/curand_uniform.json' with { type: 'json' };
import { philoxVectors } from '../vectors/philox.js';
import { testDevice } from './device.js';

const { engine, buffer, read } = await testDevice();

const join = (low: number, high: number) => BigInt(low) + (BigInt(high) << 32n);

/** Words of the engine at a place. */
async function draw(count: number, at: object, rounds: 7 | 10 = 10): Promise<Uint32Array> {
  const target = buffer(new Uint32Array(count));
  engine().chain([bits()], { format: 'u32', rounds }).run(target, { at });
  return read(target, 'u32');
}

describe('bits on the GPU', () => {
  it.each(philoxVectors)('gives the published words of $name', async (vector) => {
    const [c0, c1, c2, c3] = vector.counter;
    const at = {
      seed: join(...vector.key),
      stream: join(c2, c3),
      position: join(c0, c1) * 4n + BigInt(vector.lane),
    };
    const words = await draw(vector.words.length, at, vector.rounds);
    expect([...words]).toEqual(vector.words);
  });

  it.each(curand.vectors)('gives the published uniforms of $name', async (vector) => {
    const words = await draw(vector.values.length, { seed: vector.seed, stream: vector.stream });
    for (const [i, value] of vector.values.entries()) {
      expect(Math.abs((words[i]! + 0.5) * 2 ** -32 - value)).toBeLessThan(vector.published);
    }
  });

  it.each([2n ** 32n, 2n ** 34n, 2n ** 63n, 2n ** 64n, 2n ** 66n])(
    'carries at position %s, whatever the lane it starts on',
    async (edge) => {
      for (const before of [1n, 2n, 3n, 4n, 5n, 6n]) {
        const at = { seed: 7n, stream: 2n ** 64n - 1n, position: edge - before };
        const expected = new Uint32Array(16);
        const reference = createReferenceEngine();
        reference.chain([bits()], { format: 'u32' }).run(expected, { at });
        expectSameBits(await draw(16, at), expected);
      }
    },
  );

  it('wraps inside its stream at position 2^66', async () => {
    const around = await draw(8, { seed: 3, stream: 5, position: 2n ** 66n - 4n });
    const start = await draw(4, { seed: 3, stream: 5, position: 0 });
    expectSameBits(around.subarray(4), start);
  });
});
