import { expect, it } from 'vitest';
import { hashWords } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { product } from '../../src/indices.js';
import { VERIFY_HASH, VERIFY_SEED, VERIFY_SHAPE, verifyRuns } from '../../src/verify.js';

it('verify() expects the hash of the reference', () => {
  const cpu = createReferenceEngine({ seed: VERIFY_SEED });
  const hashes = verifyRuns.map(({ ops }) => {
    const elements = new Float32Array(product(VERIFY_SHAPE));
    cpu.chain(ops).run({ buffer: elements, shape: VERIFY_SHAPE });
    return hashWords(new Uint32Array(elements.buffer));
  });
  expect(hashWords(Uint32Array.from(hashes))).toBe(VERIFY_HASH);
});
