import { expect, it } from 'vitest';
import { collect, reachableBytes } from './heap.js';

const kept: object[] = [];

async function bytes(): Promise<number> {
  await collect();
  return reachableBytes();
}

it('counts what is kept, nearly to a byte, and nothing that was let go or that V8 learned', async () => {
  await bytes();
  const before = await bytes();
  let sum = 0;
  for (let i = 0; i < 1000; i++) {
    kept.push(new Float64Array(100)); // 800 bytes, and what says that they are an array
    sum += [i, i].map((each) => ({ each })).length;
  }
  const full = await bytes();
  expect(sum).toBe(2000);
  kept.length = 0;
  const after = await bytes();
  expect((full - before) / 1000).toBeGreaterThan(800);
  expect((full - before) / 1000).toBeLessThan(1200);
  expect(after - before).toBeLessThan(2048);
});
