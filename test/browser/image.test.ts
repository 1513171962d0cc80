import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { opsOf } from '../../demo/image/recipe.js';
import { fromQuery, kinds } from '../../demo/image/settings.js';
import {
  keepDevices,
  type OpenOptions,
  removeAdapters,
  removeWebGPU,
  testBrowser,
  textOf,
  waitForText,
} from './browser.js';
import { canvasColours, differing, readColours, withNoise } from './pictures.js';

const site = testBrowser();
const CANVAS = '#noisy canvas';
const chelsea = readColours('demo/photo/chelsea.png');
const coffee = readColours('demo/pictures/coffee.png');

/** Opens the page and waits until it draws. */
async function openImage(query = '', options: OpenOptions = {}): Promise<Page> {
  const page = await site.open(`index.html${query}`, options);
  await waitForText(page, '#status', /pixels/);
  return page;
}

let shared: Page | undefined;

/** One page for all tests that need nothing of their own, as it is when it is opened. */
async function freshImage(): Promise<Page> {
  shared ??= await openImage('', { kept: true });
  await shared.bringToFront();
  await shared.evaluate(() => scrollTo(0, 0));
  await shared.click('[value=chelsea]');
  await shared.click('[type=reset]');
  await waitForText(shared, '#status', /451 × 300/);
  await shared.waitForFunction(() => location.search === '');
  return shared;
}

/** Types a setting. */
async function type(page: Page, name: string, value: string): Promise<void> {
  await page.click(`#${name}-value`, { count: 3 });
  await page.keyboard.type(value);
}

/** Waits for the page's measurements. */
const measured = (page: Page) => waitForText(page, '#psnr', /\d|∞/);

/** Waits for what the page draws next to be on the screen. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))),
  );
}

/** Samples in which the canvas differs from the CPU reference at the settings of an address. */
async function wrong(page: Page, query: string, picture = chelsea): Promise<number> {
  await drawn(page);
  const settings = fromQuery(query);
  return differing(
    await canvasColours(page, CANVAS),
    withNoise(picture, opsOf(settings), settings),
  );
}

describe('the image page', () => {
  it("opens with the README's picture, byte for byte", async () => {
    const page = await openImage();
    const readme = readColours('demo/photo/noisy.png');
    expect(differing(await canvasColours(page, CANVAS), readme)).toBe(0);
    expect(differing(readme, chelsea)).toBeGreaterThan(350_000);
  });

  it('draws every kind of noise as the CPU reference does', async () => {
    const rest = 'std=31&mean=-7&photons=99&replaced=13&salt=70&min=9&max=201&seed=1&stream=5';
    const page = await openImage(`?${rest}`);
    for (const kind of Object.keys(kinds)) {
      await page.click(`[value=${kind}]`);
      expect(await wrong(page, `?noise=${kind}&${rest}`)).toBe(0);
    }
    await page.click('#mono');
    expect(await wrong(page, `?noise=saltPepper&${rest}&mono=1`)).toBe(0);
    await page.click('[value=gaussian]');
    expect(await wrong(page, `?${rest}&mono=1`)).toBe(0);
  });

  it('takes moves of its sliders by keyboard, and keeps them in the address', async () => {
    const page = await freshImage();
    await page.focus('#std');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.focus('#mean');
    await page.keyboard.press('ArrowLeft');
    await page.click('[value=coffee]');
    const query = '?std=52&mean=-1&picture=coffee';
    await page.waitForFunction((wanted) => location.search === wanted, {}, query);
    await waitForText(page, '#status', /600 × 400/);
    expect(await wrong(page, query, coffee)).toBe(0);
    await page.reload();
    await waitForText(page, '#status', /600 × 400/);
    expect(await page.$eval('#std-value', (box) => (box as HTMLInputElement).value)).toBe('52');
    expect(await wrong(page, query, coffee)).toBe(0);
  });

  it('takes seeds of 64 bits that are typed, and marks what is no seed', async () => {
    const page = await freshImage();
    await type(page, 'seed', '18446744073709551615');
    expect(await wrong(page, '?seed=18446744073709551615')).toBe(0);
    await page.keyboard.type('0');
    expect(await page.$eval('#seed-value', (box) => box.getAttribute('aria-invalid'))).toBe('true');
    expect(await wrong(page, '?seed=18446744073709551615')).toBe(0);
    await page.click('[type=reset]');
    expect(await wrong(page, '')).toBe(0);
    expect(await page.$eval('#seed-value', (box) => (box as HTMLInputElement).value)).toBe('42');
  });

  it('draws a change with one encoder and one submit, and brings no pixel back', async () => {
    const page = await openImage('', {
      before: () => {
        const seen = { encoders: 0, submits: 0, bytes: 0 };
        Object.assign(globalThis, { seen });
        const { createCommandEncoder } = GPUDevice.prototype;
        GPUDevice.prototype.createCommandEncoder = function (descriptor) {
          if (descriptor?.label === 'image') seen.encoders++;
          return createCommandEncoder.call(this, descriptor);
        };
        const { submit } = GPUQueue.prototype;
        GPUQueue.prototype.submit = function (buffers) {
          seen.submits++;
          return submit.call(this, buffers);
        };
        const { copyBufferToBuffer } = GPUCommandEncoder.prototype;
        GPUCommandEncoder.prototype.copyBufferToBuffer = function (...copy: unknown[]) {
          seen.bytes += copy.at(-1) as number;
          return copyBufferToBuffer.apply(this, copy as never);
        };
        GPUCommandEncoder.prototype.copyTextureToBuffer = () => {
          seen.bytes = Number.NaN;
        };
      },
    });
    const counts = () =>
      page.evaluate(
        () =>
          (globalThis as unknown as { seen: Record<'encoders' | 'submits' | 'bytes', number> })
            .seen,
      );
    await measured(page);
    // Until measurements have rested, and a change is measured together with its drawing.
    await new Promise((rested) => setTimeout(rested, 500));
    const before = await counts();
    await page.focus('#std');
    await page.keyboard.press('ArrowRight');
    await new Promise((rested) => setTimeout(rested, 500));
    const after = await counts();
    expect(after.encoders - before.encoders).toBe(1);
    // One draws; each of two measurements submits its passes and the copy of its numbers.
    expect(after.submits - before.submits).toBeLessThanOrEqual(1 + 2 * 2);
    // Of 405,900 samples come back a histogram and two sets of moments.
    expect(after.bytes - before.bytes).toBeLessThan(8192);
  });

  it('measures what it shows', async () => {
    const page = await freshImage();
    await type(page, 'std', '25');
    const settings = fromQuery('?std=25');
    const noisy = withNoise(chelsea, opsOf(settings), settings);
    const mean = noisy.samples.reduce((sum, level) => sum + level, 0) / noisy.samples.length;
    const error =
      noisy.samples.reduce((sum, level, i) => sum + (level - chelsea.samples[i]!) ** 2, 0) /
      noisy.samples.length;
    const ratio = `${(10 * Math.log10(255 ** 2 / error)).toFixed(2)} dB`;
    await waitForText(page, '#psnr', new RegExp(`^${ratio}$`));
    expect(await textOf(page, '[data-of=noisy] td')).toBe(mean.toFixed(2));
  });

  it('takes a picture that is chosen', async () => {
    const page = await freshImage();
    const chooser = (await page.$('#file')) as ElementHandle<HTMLInputElement>;
    await chooser.uploadFile(resolve('demo/pictures/coffee.png'));
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
    const chooser = (await page.$('#file')) as ElementHandle<HTMLInputElement>;
    await chooser.uploadFile(resolve('package.json'));
    await waitForText(page, '[role=alert]', /“package.json” must be a picture/);
    await waitForText(page, '#status', /451 × 300/);
    expect(await wrong(page, '')).toBe(0);
  });

  it("adds fresh noise to each of the camera's pictures", async () => {
    const page = await freshImage();
    await page.click('#film');
    await waitForText(page, '#rate dd', /\d/);
    await waitForText(page, '#elements', /921,600/); // of 640 × 480 pixels
    // Most of the fake camera's picture stays the same from frame to frame; noise does not.
    const first = await canvasColours(page, CANVAS);
    await drawn(page);
    const second = await canvasColours(page, CANVAS);
    expect(differing(first, second)).toBeGreaterThan(0.5 * first.samples.length);
    await page.click('#film');
    await waitForText(page, '#elements', /405,900/);
    expect(await wrong(page, '')).toBe(0);
  });

  it('saves what it shows as a PNG', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'webgpu-noise-'));
    try {
      const page = await openImage('?seed=7');
      const session = await page.createCDPSession();
      await session.send('Browser.setDownloadBehavior', {
        behavior: 'allow',
        downloadPath: folder,
        eventsEnabled: true,
      });
      const saved = new Promise((done) => {
        session.on('Browser.downloadProgress', ({ state }) => state === 'completed' && done(state));
      });
      await page.click('#save');
      await saved;
      expect(readdirSync(folder)).toEqual(['gaussian-seed-7.png']);
      const settings = fromQuery('?seed=7');
      const expected = withNoise(chelsea, opsOf(settings), settings);
      expect(differing(readColours(join(folder, 'gaussian-seed-7.png')), expected)).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('shows code that makes the same picture', async () => {
    const query = '?noise=speckle&mean=5&mono=1&seed=9&stream=3';
    const page = await openImage(query);
    const code = await textOf(page, '#code');
    const library = `${site.address}library/index.js`;
    await page.addScriptTag({
      type: 'module',
      content: code.replace("'webgpu-noise'", `'${library}'`),
    });
    await page.waitForSelector('body > canvas');
    await drawn(page);
    const settings = fromQuery(query);
    const expected = withNoise(chelsea, opsOf(settings), settings);
    expect(differing(await canvasColours(page, 'body > canvas'), expected)).toBe(0);
  });

  it('moves its divider by keyboard', async () => {
    const page = await freshImage();
    const left = () => page.$eval('#noisy', (noisy) => getComputedStyle(noisy).clipPath);
    await page.focus('#divider');
    await page.keyboard.press('Home');
    expect(await left()).toBe('inset(0px 0px 0px 0%)');
    await page.keyboard.press('End');
    expect(await left()).toBe('inset(0px 0px 0px 100%)');
  });

  it('says when the GPU is lost, and goes on after a restart', async () => {
    const page = await openImage('', { before: keepDevices });
    await page.evaluate(() => {
      (globalThis as unknown as { devices: GPUDevice[] }).devices.at(-1)!.destroy();
    });
    await waitForText(page, '[role=alert]', /The GPU was lost .*Your settings are kept/);
    await page.focus('#std');
    await page.keyboard.press('ArrowRight');
    await page.click('[role=alert] button');
    await page.waitForSelector('[role=alert]', { hidden: true });
    expect(await wrong(page, '?std=51')).toBe(0);
  });

  it('goes on with the right bits after it was hidden and frozen, filming or not', async () => {
    const page = await openImage();
    const session = await page.createCDPSession();
    const { windowId } = await session.send('Browser.getWindowForTarget');
    const become = async (state: 'hidden' | 'visible', windowState: 'minimized' | 'normal') => {
      await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
      expect(await page.evaluate(() => document.visibilityState)).toBe(state);
    };
    for (const filming of [false, true]) {
      if (filming) {
        await page.click('#film');
        await waitForText(page, '#rate dd', /\d/);
      }
      await become('hidden', 'minimized');
      await session.send('Page.setWebLifecycleState', { state: 'frozen' });
      await new Promise((past) => setTimeout(past, 500));
      await session.send('Page.setWebLifecycleState', { state: 'active' });
      await become('visible', 'normal');
    }
    await page.click('#film');
    await waitForText(page, '#elements', /405,900/);
    expect(await wrong(page, '')).toBe(0);
    await page.focus('#std');
    await page.keyboard.press('ArrowRight');
    expect(await wrong(page, '?std=51')).toBe(0);
  });

  it('draws the same bits without WebGPU, and says what to do', async () => {
    const page = await openImage('', { before: removeWebGPU });
    expect(await textOf(page, '[role=status]')).toMatch(
      /^This browser has no WebGPU: use a current/,
    );
    expect(await textOf(page, '#status')).toContain('the processor (CPU)');
    expect(await wrong(page, '')).toBe(0);
    await page.focus('#std');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => location.search === '?std=51');
    expect(await wrong(page, '?std=51')).toBe(0);
    await page.click('#film');
    await waitForText(page, '#rate dd', /\d/);
  });

  it('draws the same bits where there is WebGPU but no adapter', async () => {
    const page = await openImage('', { before: removeAdapters });
    expect(await textOf(page, '[role=status]')).toMatch(/^This browser found no GPU: switch/);
    expect(await wrong(page, '')).toBe(0);
  });
});
