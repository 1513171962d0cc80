import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseFile, inFolder, save, testBrowser, waitForText } from './browser.js';
import { coffee, expectedColours, openImage, shareImage, wrong } from './imagePage.js';
import { differing, readColours } from './pictures.js';

const site = testBrowser();
const freshImage = shareImage(site);

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
