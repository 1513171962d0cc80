import { join, resolve } from 'node:path';
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { REPORT_PAUSE } from '../../demo/image/report.js';
import { chooseFile, inFolder, save, testBrowser, textOf, waitForText } from './browser.js';
import {
  CANVAS,
  coffee,
  drawn,
  expectedColours,
  expectFreshNoise,
  film,
  openImage,
  shareImage,
  wrong,
} from './imagePage.js';
import { type Colours, canvasColours, differing, readColours } from './pictures.js';

const site = testBrowser();
const freshImage = shareImage(site);

interface Seen {
  /** Frames of videos that were read where they are, and that were copied. */
  imports: number;
  copies: number;
  /** Drawings that were submitted. */
  draws: number;
}

/** In a page, before it starts: counts what is done with frames. */
function countFrames() {
  const seen: Seen = { imports: 0, copies: 0, draws: 0 };
  Object.assign(globalThis, { seen });
  const { importExternalTexture, createCommandEncoder } = GPUDevice.prototype;
  GPUDevice.prototype.importExternalTexture = function (descriptor) {
    seen.imports++;
    return importExternalTexture.call(this, descriptor);
  };
  GPUDevice.prototype.createCommandEncoder = function (descriptor) {
    if (descriptor?.label === 'image') seen.draws++;
    return createCommandEncoder.call(this, descriptor);
  };
  const { copyExternalImageToTexture } = GPUQueue.prototype;
  GPUQueue.prototype.copyExternalImageToTexture = function (...copy) {
    seen.copies++;
    return copyExternalImageToTexture.apply(this, copy);
  };
}

/** In a page, before it starts: makes the browser one that cannot read a video's frames where they are. */
function removeImport() {
  Reflect.deleteProperty(GPUDevice.prototype, 'importExternalTexture');
}

/** Opens the page and starts the camera. */
async function filming(query = '', before?: () => void): Promise<Page> {
  const page = await openImage(site, query, before && { before });
  await film(page);
  return page;
}

/** Indices of the samples that are as those two pixels to each side. */
function plainSamples({ width, samples }: Colours): number[] {
  const around = [-2, 0, 2].flatMap((y) => [-2, 0, 2].map((x) => 3 * (y * width + x)));
  return [...samples.keys()].filter((i) => around.every((by) => samples[i + by] === samples[i]));
}

describe('the pictures of the image page', () => {
  it('takes a picture that is chosen', async () => {
    const page = await freshImage();
    await chooseFile(page, resolve('demo/pictures/coffee.png'));
    await waitForText(page, '#status', /600 × 400/);
    expect(await wrong(page, '', coffee)).toBe(0);
  });

  it.each(['drop', 'paste'] as const)('takes a picture by %s', async (type) => {
    const page = await freshImage();
    await page.evaluate(async (type) => {
      const canvas = new OffscreenCanvas(30, 20);
      const context = canvas.getContext('2d')!;
      for (let x = 0; x < 30; x++) {
        context.fillStyle = `rgb(${8 * x} 100 ${255 - 8 * x})`;
        context.fillRect(x, 0, 1, 20);
      }
      const data = new DataTransfer();
      data.items.add(
        new File([await canvas.convertToBlob()], 'stripes.png', { type: 'image/png' }),
      );
      const event =
        type === 'drop'
          ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: data, bubbles: true });
      document.body.dispatchEvent(event);
    }, type);
    await waitForText(page, '#status', /30 × 20/);
    const samples = Uint8Array.from({ length: 3 * 30 * 20 }, (_, i) => {
      const x = Math.floor(i / 3) % 30;
      return [8 * x, 100, 255 - 8 * x][i % 3]!;
    });
    expect(await wrong(page, '', { width: 30, height: 20, samples })).toBe(0);
  });

  it('says what a file must be that is no picture, and keeps a picture', async () => {
    const page = await freshImage();
    await chooseFile(page, resolve('package.json'));
    await waitForText(page, '[role=alert]', /“package.json” must be a picture/);
    await waitForText(page, '#status', /451 × 300/);
    expect(await wrong(page, '')).toBe(0);
  });

  it('saves what it shows as a PNG', async () => {
    await inFolder(async (folder) => {
      const page = await openImage(site, '?seed=7');
      expect(await save(page, '#save', folder)).toBe('gaussian-seed-7.png');
      const saved = readColours(join(folder, 'gaussian-seed-7.png'));
      expect(differing(saved, expectedColours('?seed=7'))).toBe(0);
    });
  });
});

describe('the camera of the image page', () => {
  it('is drawn with fresh noise whenever the screen is shown, read where it is', async () => {
    const page = await filming('', countFrames);
    await expectFreshNoise(page);
    const { shown, seen } = await page.evaluate(async () => {
      const { seen } = globalThis as unknown as { seen: Seen };
      Object.assign(seen, { imports: 0, copies: 0, draws: 0 });
      const shown = 10;
      for (let i = 0; i < shown; i++) await new Promise((next) => requestAnimationFrame(next));
      return { shown, seen: { ...seen } };
    });
    // One may lie at each end.
    expect(Math.abs(seen.draws - shown)).toBeLessThanOrEqual(1);
    expect(seen).toEqual({ imports: seen.draws, copies: 0, draws: seen.draws });
    await page.click('#film');
    await waitForText(page, '#elements', /405,900/);
    expect(await wrong(page, '')).toBe(0);
  });

  it('is shown and measured as it is, where the noise has no strength', async () => {
    const page = await filming('?std=0');
    // Of no difference at all between what the chain and what the measurement reads.
    await waitForText(page, '#psnr', /^∞$/);
    await page.$eval('#camera', (video) => (video as HTMLVideoElement).pause());
    await drawn(page);
    const { samples } = await canvasColours(page, CANVAS);
    const video = await canvasColours(page, '#camera');
    // Videos have fewer colours than pixels: only within plain areas is there but one way to fill them in.
    const plain = plainSamples(video);
    expect(plain.length).toBeGreaterThan(0.5 * samples.length);
    // From the video's colours to the screen's in two ways, each of which rounds.
    expect(plain.filter((i) => Math.abs(samples[i]! - video.samples[i]!) > 1)).toEqual([]);
    await new Promise((measured) => setTimeout(measured, 2 * REPORT_PAUSE));
    const mean = samples.reduce((sum, level) => sum + level, 0) / samples.length;
    expect(await textOf(page, '[data-of=original] td')).toBe(mean.toFixed(2));
  });

  it('is copied where browsers cannot read frames where they are', async () => {
    const page = await filming('', removeImport);
    await expectFreshNoise(page);
  });

  it('is saved with noise', async () => {
    await inFolder(async (folder) => {
      const page = await filming('?seed=3');
      const name = await save(page, '#save', folder);
      const { width, height, samples } = readColours(join(folder, name));
      expect([width, height]).toEqual([320, 240]);
      // Plain areas would be equal to what is right of them.
      const equal = samples.subarray(3).filter((level, i) => level === samples[i]).length;
      expect(equal).toBeLessThan(0.5 * samples.length);
    });
  });
});
