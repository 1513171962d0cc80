import { describe, expect, it } from 'vitest';
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
import { openImage, wrong } from './imagePage.js';

const site = testBrowser();

describe('the image page without a GPU', () => {
  it('says when the GPU is lost, and goes on after a restart', async () => {
    const page = await openImage(site, '', { before: keepDevices });
    await loseGPU(page, /The GPU was lost .*Your settings are kept/);
    await press(page, '#std', 'ArrowRight');
    await restart(page);
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
    await page.click('#film');
    await waitForText(page, '#rate dd', /\d/);
  });

  it('draws the same bits where there is WebGPU but no adapter', async () => {
    const page = await openImage(site, '', { before: removeAdapters });
    expect(await textOf(page, '[role=status]')).toMatch(/^This browser found no GPU: switch/);
    expect(await wrong(page, '')).toBe(0);
  });
});
