import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { checkTable, DESKTOP, PHONE, testBrowser, waitForText } from './browser.js';
import { walk } from './keyboard.js';

const site = testBrowser();
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const screenshots = resolve('out/screenshots');

/** The pages, and what brings each into the state in which it is looked at. */
const pages: { readonly [name: string]: (page: Page) => Promise<unknown> } = {
  index: (page) => waitForText(page, '#psnr', /\d/),
  async bits(page) {
    await page.waitForSelector('#run:enabled');
    await page.click('#run');
    await waitForText(page, '#verdict', /bit for bit/);
    await checkTable(page, '#matrix tr:nth-child(6) .same');
  },
  async distribution(page) {
    await waitForText(page, '#ks', /\d/);
    await page.click('#run');
  },
  weights: (page) => waitForText(page, '#progress', /^4 pairs/),
  async sound(page) {
    await waitForText(page, '#status', /samples/);
    await page.click('[value=clips]');
    await waitForText(page, '#asked', /per clip/);
  },
  async recipes(page) {
    for (const name of ['montecarlo', 'preprocessing']) {
      await page.waitForSelector(`#${name} button:enabled`);
      await page.click(`#${name} button`);
      await waitForText(page, `#${name} [role=status]`, /Done/);
    }
    await page.waitForSelector('#montecarlo svg');
    await page.waitForSelector('#preprocessing canvas');
  },
  async bench(page) {
    await page.waitForSelector('#run:enabled');
    await page.click('#run');
    await waitForText(page, '#status', /Done/);
  },
};

/** The rules of WCAG 2.2 AA that a program can check, and axe-core's own advice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<AxeResults> };
    };
    const { violations } = await axe.run({ runOnly: tags });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, TAGS);
  return found;
}

/** Pixels by which the page is wider than its window. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Photographs a page on large screens and on phones, and looks for what WCAG AA forbids. */
async function inspect(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  for (const [scheme, viewport, label] of [
    ['light', DESKTOP, 'desktop'],
    ['dark', DESKTOP, 'desktop-dark'],
    ['dark', PHONE, 'phone-dark'],
    ['light', PHONE, 'phone'],
  ] as const) {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await page.setViewport(viewport);
    await page.screenshot({ path: `${screenshots}/${name}-${label}.png`, fullPage: true });
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  }
  // As narrow as WCAG's criterion Reflow has it.
  await page.setViewport({ width: 320, height: 640 });
  expect(await overflow(page)).toBe(0);
}

/** Uses a page by keyboard alone. */
async function useByKeyboard(page: Page): Promise<void> {
  await page.setViewport(DESKTOP);
  expect(await walk(page)).toEqual({ missed: [], unseen: [], dead: [] });
}

describe.each(Object.keys(pages))('the page %s', (name) => {
  let page: Page;

  it('keeps to WCAG AA on large screens and phones, light and dark, and is photographed', async () => {
    page = await site.open(`${name}.html`, { kept: true });
    await pages[name]!(page);
    await inspect(page, name);
  });

  it('can be used by keyboard alone', async () => {
    await useByKeyboard(page);
  });

  it('marks its own entry in the navigation, and leads to the others', async () => {
    const links = await page.$$eval('nav a', (all) =>
      all.map((link) => ({
        page: link.getAttribute('href'),
        current: link.getAttribute('aria-current'),
      })),
    );
    expect(links.map(({ page }) => page)).toEqual(
      Object.keys(pages).map((each) => `./${each}.html`),
    );
    expect(links.filter(({ current }) => current)).toEqual([
      { page: `./${name}.html`, current: 'page' },
    ]);
    await page.close();
  });
});

describe('the second tab of the page weights', () => {
  it('keeps to WCAG AA, and can be used by keyboard alone', async () => {
    const page = await site.open('weights.html?tab=evolution&pairs=1');
    await waitForText(page, '#loss', /\d/);
    await page.click('#single');
    await waitForText(page, '#generation', /^1$/);
    await inspect(page, 'evolution');
    await useByKeyboard(page);
  });
});

describe('npm run demo', () => {
  it('prints its address and serves the pages as they are in the source', async () => {
    const server = spawn('npm', ['run', 'demo', '--', '--port', '0'], { detached: true });
    try {
      const address = await new Promise<string>((printed) => {
        let text = '';
        server.stdout.on('data', (data) => {
          text += String(data);
          const [found] = /http:\/\/localhost:\d+\/\S*/.exec(stripVTControlCharacters(text)) ?? [];
          if (found) printed(found);
        });
      });
      const page = await site.openAddress(`${address}bits.html`);
      await page.waitForSelector('#run:enabled');
      await page.click('#run');
      await waitForText(page, '#verdict', /bit for bit/);
    } finally {
      // npm and what it has started are a group of their own.
      process.kill(-server.pid!);
    }
  });
});
