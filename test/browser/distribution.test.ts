import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import {
  keepDevices,
  loseGPU,
  press,
  removeWebGPU,
  restart,
  testBrowser,
  textOf,
  waitForText,
} from './browser.js';
import { canvasColours, differing } from './pictures.js';

const site = testBrowser();

/** The number of samples that the page has drawn. */
const countOf = async (page: Page) => Number((await textOf(page, '#count')).replaceAll(',', ''));

describe('the distribution page', () => {
  it('measures as the CPU reference does; for who wants little motion it draws one batch', async () => {
    const page = await site.open('distribution.html', { calm: true });
    await waitForText(page, '#ks', /\d/);
    const samples = new Float32Array(2 ** 18);
    const engine = createReferenceEngine({ seed: 42 });
    engine.chain([normal()]).run(samples);
    const { mean, std, skewness, kurtosis } = await engine.measure(samples);
    const found = async (id: string) => (await textOf(page, id)).replace('−', '-');
    expect(await countOf(page)).toBe(samples.length);
    expect(await found('#mean-found')).toBe(mean.toFixed(6));
    expect(await found('#std-found')).toBe(std.toFixed(6));
    expect(await found('#skewness')).toBe(skewness.toFixed(6));
    expect(await found('#kurtosis')).toBe(kurtosis.toFixed(6));
  });

  it('draws batch after batch until it is paused', async () => {
    const page = await site.open('distribution.html');
    await page.waitForFunction(
      (batch) => Number(document.getElementById('count')?.textContent?.replaceAll(',', '')) > batch,
      {},
      2 ** 18,
    );
    await page.click('#run');
    expect(await textOf(page, '#run')).toBe('Draw');
    // The batch that is under way is shown yet.
    await new Promise((done) => setTimeout(done, 1000));
    const count = await countOf(page);
    await new Promise((done) => setTimeout(done, 500));
    expect(await countOf(page)).toBe(count);
  });

  it('begins anew with other settings', async () => {
    const page = await site.open('distribution.html', { calm: true });
    await waitForText(page, '#ks', /\d/);
    await press(page, '#mean', 'ArrowRight');
    await waitForText(page, '#mean-found', /^0\.(09|10)/);
    expect(await countOf(page)).toBe(2 ** 18);
    expect(await textOf(page, '.axis .low')).toBe('−6.9');
  });

  it('draws the cloud, and turns it', async () => {
    const page = await site.open('distribution.html', { calm: true });
    await waitForText(page, '#ks', /\d/);
    const before = await canvasColours(page, '#cloud');
    // Each of 65,536 points is a square of 1.5 pixels; many lie on each other, some beyond the edges.
    const free = 3 * (20 * before.width + 20); // near a corner, where no point comes
    const [red, green, blue] = before.samples.subarray(free);
    let painted = 0;
    for (let i = 0; i < before.samples.length; i += 3) {
      const { [i]: r, [i + 1]: g, [i + 2]: b } = before.samples;
      if (r !== red || g !== green || b !== blue) painted++;
    }
    expect(painted).toBeGreaterThan(10_000);
    expect(painted).toBeLessThan(1.5 ** 2 * 65_536);
    await page.focus('#turn');
    for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
    await page.evaluate(() => new Promise((shown) => setTimeout(shown, 200)));
    expect(differing(await canvasColours(page, '#cloud'), before)).toBeGreaterThan(10_000);
  });

  it('says when the GPU is lost, and goes on after a restart', async () => {
    const page = await site.open('distribution.html', { calm: true, before: keepDevices });
    await waitForText(page, '#ks', /\d/);
    const mean = await textOf(page, '#mean-found');
    await loseGPU(page);
    await restart(page);
    await waitForText(page, '#mean-found', /\d/);
    expect(await textOf(page, '#mean-found')).toBe(mean);
  });

  it('lets the processor draw the same samples without WebGPU, and says what to do', async () => {
    const page = await site.open('distribution.html', { calm: true, before: removeWebGPU });
    expect(await waitForText(page, '.notice', /WebGPU/)).toMatch(/use a current/);
    await waitForText(page, '#ks', /\d/);
    const samples = new Float32Array(2 ** 18);
    const engine = createReferenceEngine({ seed: 42 });
    engine.chain([normal()]).run(samples);
    const { mean } = await engine.measure(samples);
    expect((await textOf(page, '#mean-found')).replace('−', '-')).toBe(mean.toFixed(6));
  });
});
