import { expect, it } from 'vitest';
import { clip, noise } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { testBrowser } from './browser.js';

const site = testBrowser();

it('adds to an external texture the noise of the CPU reference', async () => {
  const [width, height] = [61, 37];
  // Grey, which no conversion to and from a video's colours changes.
  const levels = Uint8Array.from({ length: width * height }, (_, i) => (7 * i) % 256);
  const page = await site.open('bits.html');
  const library = `${site.address}library/index.js`;
  await page.addScriptTag({
    type: 'module',
    content: `import * as library from '${library}'; Object.assign(globalThis, { library });`,
  });
  await page.waitForFunction(() => 'library' in globalThis);
  const found = await page.evaluate(
    async (width, height, levels) => {
      const { createNoiseEngine, noise, clip } = (
        globalThis as unknown as { library: typeof import('webgpu-noise') }
      ).library;
      const device = await (await navigator.gpu.requestAdapter())!.requestDevice();
      const data = Uint8Array.from({ length: 4 * width * height }, (_, i) =>
        i % 4 === 3 ? 255 : levels[Math.floor(i / 4)]!,
      );
      const options = { codedWidth: width, codedHeight: height, timestamp: 0 };
      const frame = new VideoFrame(data, { format: 'RGBX', ...options });
      const count = 3 * width * height;
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
      const buffer = device.createBuffer({ size: Math.ceil(count / 4) * 4, usage });
      const engine = createNoiseEngine(device, { seed: 3 });
      const chain = engine.chain([noise({ std: 20 }), clip({ min: 0, max: 255 })], {
        format: 'u8',
      });
      const source = device.importExternalTexture({ source: frame });
      chain.run({ source, target: { buffer, count } });
      const bytes = await engine.read({ buffer, count }, { format: 'u8' });
      frame.close();
      device.destroy();
      return [...bytes];
    },
    width,
    height,
    [...levels],
  );
  const expected = Uint8Array.from(
    { length: 3 * levels.length },
    (_, i) => levels[Math.floor(i / 3)]!,
  );
  const engine = createReferenceEngine({ seed: 3 });
  engine.chain([noise({ std: 20 }), clip({ min: 0, max: 255 })], { format: 'u8' }).run(expected);
  expect(found).toEqual([...expected]);
});
