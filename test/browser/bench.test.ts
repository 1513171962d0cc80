import { describe, expect, it } from 'vitest';
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

const site = testBrowser();
const SHORT = 'bench.html?rows=fill&most=14&seconds=0.1';

describe('the page that measures', () => {
  it('measures the rows of its address on this GPU, says that it is software, and copies JSON', async () => {
    const page = await site.open(SHORT, {
      before: () => {
        const copied: string[] = [];
        Object.assign(globalThis, { copied });
        Clipboard.prototype.writeText = async (text) => void copied.push(text);
      },
    });
    await page.waitForSelector('#run:enabled');
    expect(await textOf(page, '.notice')).toMatch(/This is no GPU/);
    await page.click('#run');
    await waitForText(page, '#status', /Done after/);
    await page.waitForSelector('#plot svg path');
    await page.click('#copy');
    await waitForText(page, '#copy', /Copied/);
    const [text] = await page.evaluate(
      () => (globalThis as unknown as { copied: string[] }).copied,
    );
    const results = JSON.parse(text!);
    expect(results).toMatchObject({ layout: 1, runtime: 'browser', adapter: 'google swiftshader' });
    expect(results.contests.map(({ elements }: { elements: number }) => elements)).toEqual([
      2 ** 10,
      2 ** 14,
    ]);
    for (const { entries, missing } of results.contests) {
      expect(missing).toEqual([]);
      const names = entries.map(({ name }: { name: string }) => name);
      expect(names).toEqual(
        expect.arrayContaining(['exact', 'native', 'store only', 'Box–Muller over Math.random']),
      );
    }
  });

  it('is set by keyboard, fills its sliders up to the thumb, and keeps its settings in the address', async () => {
    const page = await site.open(SHORT);
    await page.waitForSelector('#run:enabled');
    await press(page, '#most', 'ArrowRight');
    await page.waitForFunction(() => location.search.includes('rows=fill&most=15&seconds=0.1'));
    const share = await page.$eval('#most', (range) =>
      (range as HTMLElement).style.getPropertyValue('--share'),
    );
    expect(Number(share)).toBe((15 - 10) / (26 - 10));
  });

  it('can be stopped', async () => {
    const page = await site.open('bench.html?rows=fill,clip&most=18&seconds=5');
    await page.waitForSelector('#run:enabled');
    await page.click('#run');
    await waitForText(page, '#now', /2\^10/);
    await page.click('#stop');
    await waitForText(page, '#status', /Stopped after/);
    expect(await page.$('#run:enabled')).not.toBeNull();
  });

  it('says when the GPU is lost, and measures after a restart', async () => {
    const page = await site.open(SHORT, { before: keepDevices });
    await page.waitForSelector('#run:enabled');
    await loseGPU(page);
    await restart(page);
    await page.waitForSelector('#run:enabled');
    await page.click('#run');
    await waitForText(page, '#status', /Done after/);
  });

  it('says what to do without WebGPU', async () => {
    const page = await site.open(SHORT, { before: removeWebGPU });
    expect(await waitForText(page, '.notice', /WebGPU/)).toMatch(/use a current/);
    expect(await page.$('#run:disabled')).not.toBeNull();
  });
});
