import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, ElementHandle, KeyInput, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchChromium } from './chromium.js';
import { buildSite, serveSite } from './site.js';

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844, deviceScaleFactor: 2 };

/** Milliseconds that a page may take for anything: software adapters are slow where much else runs. */
const PATIENCE = 120_000;

export interface OpenOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly scheme?: 'light' | 'dark';
  /** Whether the visitor wants little motion. */
  readonly calm?: boolean;
  /** Whether the page is kept for the next tests. */
  readonly kept?: boolean;
  /** Runs in the page before anything of its own. */
  readonly before?: () => void;
}

/**
 * A browser for the tests of one file, with the site built and served. What a page reports as an error or
 * warning, and what it asks for but does not get or asks of another machine, fails the test in which
 * it happens.
 */
export function testBrowser(launch: () => Promise<Browser> = launchChromium) {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveSite>>;
  const errors: string[] = [];
  const kept = new WeakSet<Page>();

  beforeAll(async () => {
    await buildSite();
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterEach(async () => {
    for (const page of await browser.pages()) if (!kept.has(page)) await page.close();
    expect(errors.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  return {
    errors,
    get address() {
      return site.address;
    },

    /** Opens a page of the site, such as `index.html?seed=1`. */
    open: (name: string, options: OpenOptions = {}) => open(site.address + name, options),

    /** Opens a page of another server on this machine. */
    openAddress: open,
  };

  async function open(address: string, options: OpenOptions = {}): Promise<Page> {
    const { viewport = DESKTOP, scheme, calm, before } = options;
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    if (options.kept) kept.add(page);
    page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type())) errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('requestfailed', (request) => errors.push(`${request.url()} failed`));
    page.on('response', (response) => {
      if (response.status() >= 400) errors.push(`${response.url()}: ${response.status()}`);
    });
    page.on('request', (request) => {
      const own = new URL(address).origin;
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== own) errors.push(`asked ${request.url()}`);
    });
    // Firefox cannot be told.
    if (scheme || calm) {
      await page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: scheme ?? 'light' },
        { name: 'prefers-reduced-motion', value: calm ? 'reduce' : 'no-preference' },
      ]);
    }
    await page.setViewport(viewport);
    if (before) await page.evaluateOnNewDocument(before);
    await page.goto(address);
    return page;
  }
}

/** What an element says. */
export function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (element) => element.textContent?.trim() ?? '');
}

/** Waits until an element says something that fits. */
export async function waitForText(page: Page, selector: string, text: RegExp): Promise<string> {
  await page.waitForFunction(
    (where, source, flags) =>
      new RegExp(source, flags).test(document.querySelector(where)?.textContent ?? ''),
    {},
    selector,
    text.source,
    text.flags,
  );
  return textOf(page, selector);
}

/** On the page of the same bits: checks the table until an element is there, or a cell is wrong. */
export async function checkTable(page: Page, selector: string): Promise<string> {
  await page.waitForSelector('#run-table:enabled');
  await page.click('#run-table');
  // Kernel after kernel is compiled, on processors that may be busy.
  await page.waitForSelector(`${selector}, #matrix .different`, { timeout: 300_000 });
  await page.click('#stop-table');
  return waitForText(page, '#table-verdict', /Stopped|Not|same/);
}

/** In a page, before it starts: keeps its devices, to lose them. */
export function keepDevices() {
  const devices: GPUDevice[] = [];
  Object.assign(globalThis, { devices });
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await requestDevice.call(this, descriptor);
    devices.push(device);
    return device;
  };
}

/** Loses the GPU of a page that keeps its devices, and waits until the page says so. */
export async function loseGPU(page: Page, said = /The GPU was lost/): Promise<void> {
  await page.evaluate(() => {
    (globalThis as unknown as { devices: GPUDevice[] }).devices.at(-1)!.destroy();
  });
  await waitForText(page, '[role=alert]', said);
}

/** Presses the button that brings a lost GPU back, and waits until nothing is said of it. */
export async function restart(page: Page): Promise<void> {
  await page.click('[role=alert] button');
  await page.waitForSelector('[role=alert]', { hidden: true });
}

/** Presses a key on an element. */
export async function press(page: Page, selector: string, key: KeyInput): Promise<void> {
  await page.focus(selector);
  await page.keyboard.press(key);
}

/** Lets a button save a file into a folder; returns the file's name when it is there. */
export async function save(page: Page, button: string, folder: string): Promise<string> {
  const session = await page.createCDPSession();
  await session.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: folder,
    eventsEnabled: true,
  });
  const saved = new Promise<void>((done) => {
    session.on('Browser.downloadProgress', ({ state }) => state === 'completed' && done());
  });
  const before = readdirSync(folder);
  await page.click(button);
  await saved;
  return readdirSync(folder).find((name) => !before.includes(name))!;
}

/** Runs with a folder that is gone afterwards. */
export async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'webgpu-noise-'));
  try {
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Gives a page a file, as if it was chosen. */
export async function chooseFile(page: Page, path: string): Promise<void> {
  await ((await page.$('#file')) as ElementHandle<HTMLInputElement>).uploadFile(path);
}

/** In a page, before it starts: makes the browser one without WebGPU. */
export function removeWebGPU() {
  Reflect.deleteProperty(Navigator.prototype, 'gpu');
}

/** In a page, before it starts: makes the machine one without a GPU. */
export function removeAdapters() {
  GPU.prototype.requestAdapter = async () => null;
}
