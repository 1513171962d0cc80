import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { opsOf } from '../../demo/image/recipe.js';
import { fromQuery } from '../../demo/image/settings.js';
import { type OpenOptions, type testBrowser, waitForText } from './browser.js';
import { type Colours, canvasColours, differing, readColours, withNoise } from './pictures.js';

/** What the noise is drawn on. */
export const CANVAS = '#noisy canvas';

export const chelsea = readColours('demo/photo/chelsea.png');
export const coffee = readColours('demo/pictures/coffee.png');

type Site = ReturnType<typeof testBrowser>;

/** Opens the image page and waits until it draws. */
export async function openImage(site: Site, query = '', options: OpenOptions = {}): Promise<Page> {
  const page = await site.open(`index.html${query}`, options);
  await waitForText(page, '#status', /pixels/);
  return page;
}

/** Starts the camera: a fake one, whose pictures are small enough for a processor. */
export async function film(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = (asked) => {
      const video = Object.assign({}, asked?.video, { width: 320, height: 240 });
      return getUserMedia({ ...asked, video });
    };
  });
  await page.click('#film');
  await waitForText(page, '#rate dd', /\d/);
  await waitForText(page, '#elements', /230,400/);
}

/** One page for all tests of a file that need nothing of their own, as it is when it is opened. */
export function shareImage(site: Site): () => Promise<Page> {
  let shared: Page | undefined;
  return async () => {
    shared ??= await openImage(site, '', { kept: true });
    await shared.bringToFront();
    await shared.evaluate(() => scrollTo(0, 0));
    await shared.click('[value=chelsea]');
    await shared.click('[type=reset]');
    await waitForText(shared, '#status', /451 × 300/);
    await shared.waitForFunction(() => location.search === '');
    return shared;
  };
}

/** Waits for what the page draws next to be on the screen. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))),
  );
}

/** What the CPU reference makes of a picture at the settings of an address. */
export function expectedColours(query: string, picture = chelsea): Colours {
  const settings = fromQuery(query);
  return withNoise(picture, opsOf(settings), settings);
}

/** Samples in which a canvas differs from the CPU reference at the settings of an address. */
export async function wrong(
  page: Page,
  query: string,
  picture = chelsea,
  canvas = CANVAS,
): Promise<number> {
  await drawn(page);
  return differing(await canvasColours(page, canvas), expectedColours(query, picture));
}

/** Runs the code that the page shows, which puts a canvas at the page's end. */
export async function runCode(page: Page, site: Site): Promise<void> {
  const code = await page.$eval('#code', (element) => element.textContent ?? '');
  const library = `${site.address}library/index.js`;
  const content = code.replace("'webgpu-noise'", `'${library}'`);
  await page.addScriptTag({ type: 'module', content });
  await page.waitForSelector('body > canvas');
}

/** Most of a fake camera's picture stays the same from frame to frame; noise does not. */
export async function expectFreshNoise(page: Page): Promise<void> {
  const first = await canvasColours(page, CANVAS);
  await drawn(page);
  const second = await canvasColours(page, CANVAS);
  expect(differing(first, second)).toBeGreaterThan(0.5 * first.samples.length);
}
