import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { testDevice } from '../gpu/device.js';
import { runInDeno } from '../wgpu/run.js';
import { testKernel } from './counter.js';
import { formatsUnderTest } from './formats.js';

const { device } = await testDevice();
const folder = mkdtempSync(join(tmpdir(), 'webgpu-noise-'));
afterAll(() => rmSync(folder, { recursive: true }));

const kernels = [
  ...formatsUnderTest.flatMap(({ name: element }) => {
    return ['histogram', 'levels', 'tails'].map((name) => ({
      name: `${name} of ${element}`,
      code: testKernel(name, { element }),
    }));
  }),
  { name: 'products', code: testKernel('products', {}) },
  ...(['saturate', 'xor'] as const).map((barrier) => ({
    name: `mutants, ${barrier}`,
    code: testKernel('mutants', { barrier }),
  })),
];

describe('kernels that count', () => {
  it.each(kernels)('compile without a word in Tint: $name', async ({ code }) => {
    const module = device.createShaderModule({ code });
    expect((await module.getCompilationInfo()).messages).toEqual([]);
  });

  it('compile without a word in naga', async () => {
    const job = join(folder, 'job.json');
    const nothing = {
      pairKernels: [],
      pairs: [],
      chains: [],
      measures: [],
      textures: [],
      table: [],
    };
    writeFileSync(job, JSON.stringify({ ...nothing, kernels }));
    const { messages, errors } = await runInDeno<{ messages: string[]; errors: string[] }>(
      'test/wgpu/main.mjs',
      [job],
    );
    expect([messages, errors]).toEqual([[], []]);
  });
});
