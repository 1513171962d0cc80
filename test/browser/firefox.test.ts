import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { checkTable, press, testBrowser, textOf, waitForText } from './browser.js';
import { startFirefox } from './firefox.js';
import { chelsea, expectFreshNoise, openImage, runCode, wrong } from './imagePage.js';

const screenshots = resolve('out/screenshots');
const committed: { hash: string } = JSON.parse(readFileSync('demo/bits/hashes.json', 'utf8'));

const firefox = await startFirefox();
const missing = typeof firefox === 'string' ? firefox : undefined;
if (missing) console.warn(`Not run: the tests in Firefox, since ${missing}.`);

it.runIf(process.env.FIREFOX === 'required')(
  'finds a Firefox with WebGPU where one must be',
  () => {
    expect(missing).toBeUndefined();
  },
);

// Software adapters make it slow; what fails once may have run out of time.
describe.skipIf(missing)('in Firefox', { retry: 2 }, () => {
  mkdirSync(screenshots, { recursive: true });
  const site = testBrowser(async () => {
    if (typeof firefox === 'string') throw new Error(`Firefox must be there, but ${firefox}`);
    return firefox;
  });

  const opened = (name: string, query = '') => site.open(`${name}.html${query}`);

  /** Looks at a page that has nothing to complain of. */
  async function photograph(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: `${screenshots}/${name}-firefox.png`, fullPage: true });
    const notices = await textOf(page, '#notices');
    // Only the page that measures tells of software that plays the GPU.
    if (name !== 'bench') expect(notices).toBe('');
  }

  it('the page that proves the same bits finds all 2^24 numbers the same', async () => {
    const page = await opened('bits');
    await page.waitForSelector('#run:enabled');
    await page.click('#run');
    const verdict = await waitForText(page, '#verdict', /same|Not/);
    expect(verdict).toContain('All 16,777,216 numbers are the same, bit for bit, on ');
    // The hash that the CPU reference gave, and Chromium gives.
    expect(await textOf(page, '#computed')).toBe(committed.hash);
    await photograph(page, 'bits');
  });

  it('the table of hashes holds as far as it is computed', async () => {
    const page = await site.open('bits.html');
    const verdict = await checkTable(page, '#matrix tr:nth-child(6) .same');
    expect(verdict).toMatch(/^Stopped after \d+ of \d+ cells, all of them the same$/);
  });

  it('the image page draws and measures on the GPU, and follows its sliders', async () => {
    const page = await opened('index');
    const before = await waitForText(page, '#psnr', /\d/);
    await press(page, '#std', 'ArrowRight');
    await page.waitForFunction(() => location.search === '?std=51');
    await page.waitForFunction(
      (ratio) => document.querySelector('#psnr')?.textContent !== ratio,
      {},
      before,
    );
    await photograph(page, 'index');
  });

  it('the image page draws as the CPU reference does, and so does the code that it shows', async () => {
    const query = '?noise=laplace&std=30&seed=9';
    const page = await openImage(site, query);
    await waitForText(page, '#psnr', /\d/);
    expect(await wrong(page, query)).toBe(0);
    await runCode(page, site);
    expect(await wrong(page, query, chelsea, 'body > canvas')).toBe(0);
  });

  it("the image page adds fresh noise to each of the camera's pictures", async () => {
    const page = await openImage(site);
    await press(page, '#film', 'Enter');
    await waitForText(page, '#rate dd', /\d/);
    await expectFreshNoise(page);
  });

  it('the distribution page draws a batch and its cloud, and begins anew with other settings', async () => {
    const page = await opened('distribution');
    await waitForText(page, '#ks', /\d/);
    await press(page, '#mean', 'ArrowRight');
    await waitForText(page, '.axis .low', /^−6\.9$/);
    await waitForText(page, '#mean-found', /^0\.(09|10)/);
    await photograph(page, 'distribution');
  });

  it('the weights page tests noisy copies, shows others, and learns by noise', async () => {
    const page = await opened('weights', '?pairs=1');
    await waitForText(page, '#progress', /^1 pair;/);
    await press(page, '#std', 'ArrowRight');
    await waitForText(page, '#at', /^With std 1$/);
    expect(await textOf(page, '#changed')).toBe('0 of 25,450');
    await photograph(page, 'weights');
    await press(page, '#digits-tab', 'ArrowRight');
    await waitForText(page, '#loss', /\d/);
    await press(page, '#single', 'Enter');
    await waitForText(page, '#generation', /^1$/);
  });

  it('the sound page mixes, at another ratio as well', async () => {
    const page = await opened('sound');
    await waitForText(page, '#status', /samples/);
    await press(page, '#db', 'ArrowRight');
    await waitForText(page, '#asked', /^11/);
    // Within 0.09 dB, which are 5 standard deviations of what chance does to 125,239 samples.
    await waitForText(page, '#ratio', /^(10\.9|11\.0)\d dB$/);
    await photograph(page, 'sound');
  });

  it('the page of recipes runs them, on the framework and with a shader of their own', async () => {
    const page = await opened('recipes');
    for (const name of ['montecarlo', 'preprocessing']) {
      await page.waitForSelector(`#${name} button:enabled`);
      await press(page, `#${name} button`, 'Enter');
      await waitForText(page, `#${name} [role=status]`, /Done in/);
    }
    await photograph(page, 'recipes');
  });

  it('the page that measures does', async () => {
    const page = await opened('bench', '?rows=uniform&most=14&seconds=0.1');
    await page.waitForSelector('#run:enabled');
    await press(page, '#most', 'ArrowLeft');
    await page.waitForFunction(() => location.search.includes('most=13'));
    await press(page, '#run', 'Enter');
    await waitForText(page, '#status', /Done after/);
    await page.waitForSelector('#plot svg path');
    await photograph(page, 'bench');
  });
});
