import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../demo/image/settings.js';
import {
  keepDevices,
  loseGPU,
  press,
  removeAdapters,
  removeWebGPU,
  restart,
  testBrowser,
  textOf,
  waitForText,
} from './browser.js';
import {
  CANVAS,
  chelsea,
  coffee,
  expectedColours,
  film,
  openImage,
  runCode,
  shareImage,
  wrong,
} from './imagePage.js';
import { canvasColours, differing, readColours } from './pictures.js';

const site = testBrowser();
const freshImage = shareImage(site);

/** Types a setting. */
async function type(page: Page, name: string, value: string): Promise<void> {
  await page.click(`#${name}-value`, { count: 3 });
  await page.keyboard.type(value);
}

describe('the image page', () => {
  it("opens with the README's picture, byte for byte", async () => {
    const page = await openImage(site);
    const readme = readColours('demo/photo/noisy.png');
    expect(differing(await canvasColours(page, CANVAS), readme)).toBe(0);
    expect(differing(readme, chelsea)).toBeGreaterThan(350_000);
  });

  it('draws every kind of noise as the CPU reference does', async () => {
    const rest = 'std=31&mean=-7&photons=99&replaced=13&salt=70&min=9&max=201&seed=1&stream=5';
    const page = await openImage(site, `?${rest}`);
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
    await press(page, '#std', 'ArrowRight');
    await press(page, '#std', 'ArrowRight');
    await press(page, '#mean', 'ArrowLeft');
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

  it('measures what it shows', async () => {
    const page = await freshImage();
    await type(page, 'std', '25');
    const noisy = expectedColours('?std=25');
    const mean = noisy.samples.reduce((sum, level) => sum + level, 0) / noisy.samples.length;
    const error =
      noisy.samples.reduce((sum, level, i) => sum + (level - chelsea.samples[i]!) ** 2, 0) /
      noisy.samples.length;
    const ratio = `${(10 * Math.log10(255 ** 2 / error)).toFixed(2)} dB`;
    await waitForText(page, '#psnr', new RegExp(`^${ratio}$`));
    expect(await textOf(page, '[data-of=noisy] td')).toBe(mean.toFixed(2));
  });

  it('shows code that makes the same picture', async () => {
    const query = '?noise=speckle&mean=5&mono=1&seed=9&stream=3';
    const page = await openImage(site, query);
    await runCode(page, site);
    expect(await wrong(page, query, chelsea, 'body > canvas')).toBe(0);
  });

  it('moves its divider by keyboard', async () => {
    const page = await freshImage();
    const left = () => page.$eval('#noisy', (noisy) => getComputedStyle(noisy).clipPath);
    await press(page, '#divider', 'Home');
    expect(await left()).toBe('inset(0px 0px 0px 0%)');
    await page.keyboard.press('End');
    expect(await left()).toBe('inset(0px 0px 0px 100%)');
  });
});

describe('the image page without a GPU', () => {
  it('says when the GPU is lost, and goes on after a restart', async () => {
    const page = await openImage(site, '', { before: keepDevices });
    await loseGPU(page, /The GPU was lost .*Your settings are kept/);
    await press(page, '#std', 'ArrowRight');
    await restart(page);
    expect(await wrong(page, '?std=51')).toBe(0);
  });

  it('goes on with the right bits after it was hidden and frozen, filming or not', async () => {
    const page = await openImage(site);
    const session = await page.createCDPSession();
    const { windowId } = await session.send('Browser.getWindowForTarget');
    const become = async (state: 'hidden' | 'visible', windowState: 'minimized' | 'normal') => {
      await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
      expect(await page.evaluate(() => document.visibilityState)).toBe(state);
    };
    for (const filming of [false, true]) {
      if (filming) await film(page);
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
    const page = await openImage(site, '', { before: removeWebGPU });
    expect(await textOf(page, '[role=status]')).toMatch(
      /^This browser has no WebGPU: use a current/,
    );
    expect(await textOf(page, '#status')).toContain('the processor (CPU)');
    expect(await wrong(page, '')).toBe(0);
    await press(page, '#std', 'ArrowRight');
    await page.waitForFunction(() => location.search === '?std=51');
    expect(await wrong(page, '?std=51')).toBe(0);
    await film(page);
  });

  it('draws the same bits where there is WebGPU but no adapter', async () => {
    const page = await openImage(site, '', { before: removeAdapters });
    expect(await textOf(page, '[role=status]')).toMatch(/^This browser found no GPU: switch/);
    expect(await wrong(page, '')).toBe(0);
  });
});
