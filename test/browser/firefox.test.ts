import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkTable, testBrowser, textOf, waitForText } from './browser.js';
import { startFirefox } from './firefox.js';

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
  const path = (name: string) => `${screenshots}/${name}-firefox.png` as const;

  it('the page that proves the same bits finds all 2^24 numbers the same', async () => {
    const page = await site.open('bits.html');
    await page.waitForSelector('#run:enabled');
    await page.click('#run');
    const verdict = await waitForText(page, '#verdict', /same|Not/);
    expect(verdict).toContain('All 16,777,216 numbers are the same, bit for bit, on ');
    // The hash that the CPU reference gave, and Chromium gives.
    expect(await textOf(page, '#computed')).toBe(committed.hash);
    await page.screenshot({ path: path('bits'), fullPage: true });
  });

  it('the table of hashes holds as far as it is computed', async () => {
    const page = await site.open('bits.html');
    const verdict = await checkTable(page, '#matrix tr:nth-child(6) .same');
    expect(verdict).toMatch(/^Stopped after \d+ of \d+ cells, all of them the same$/);
  });

  it('the image page draws and measures on the GPU', async () => {
    const page = await site.open('index.html');
    await waitForText(page, '#psnr', /\d/);
    expect(await textOf(page, '#notices')).toBe('');
    await page.screenshot({ path: path('index'), fullPage: true });
  });

  it('the distribution page draws a batch and its cloud', async () => {
    const page = await site.open('distribution.html');
    await waitForText(page, '#ks', /\d/);
    expect(await textOf(page, '#notices')).toBe('');
    await page.screenshot({ path: path('distribution'), fullPage: true });
  });
});
