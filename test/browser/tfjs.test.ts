import { resolve } from 'node:path';
import { build, type Rolldown } from 'vite';
import { expect, it } from 'vitest';
import { noise, normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import library from '../../vite.config.js';
import { expectSameBits } from '../bits.js';
import { testBrowser } from './browser.js';
import type { drawInTfjs } from './tfjs/page.js';

const site = testBrowser();

/** The page's module and all that it imports, in one script. */
async function buildPage(): Promise<string> {
  const { output } = (await build({
    configFile: false,
    logLevel: 'error',
    resolve: library.resolve,
    plugins: library.plugins ?? [],
    build: {
      write: false,
      rolldownOptions: { input: resolve('test/browser/tfjs/page.ts') },
      chunkSizeWarningLimit: Infinity,
    },
  })) as Rolldown.RolldownOutput;
  expect(output.length).toBe(1);
  return output[0].code;
}

it('tfjs in a page draws the noise of the reference, on a device of its own', async () => {
  const page = await site.open('bits.html');
  await page.addScriptTag({ type: 'module', content: await buildPage() });
  await page.waitForFunction(() => 'drawInTfjs' in globalThis);
  const count = 2000;
  const numbers = Float32Array.from({ length: count }, (_, i) => i / 8);
  const found = await page.evaluate(
    (numbers) => (globalThis as unknown as { drawInTfjs: typeof drawInTfjs }).drawInTfjs(numbers),
    [...numbers],
  );
  const engine = createReferenceEngine({ seed: 5 });
  const doubled = numbers.map((each) => 2 * each);
  const [normals, output] = [new Float32Array(count), Float32Array.from(numbers)];
  engine.chain([noise({ std: 2 })]).run(doubled);
  engine.chain([normal()]).run(normals);
  engine.chain([noise({ std: 0.5 })]).run(output);
  const expected = [doubled, normals, output, numbers.map(() => 1)];
  for (const [index, values] of found.entries()) expectSameBits(values, expected[index]!);
  expect(found.length).toBe(expected.length);
});
