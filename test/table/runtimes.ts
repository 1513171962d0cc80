import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { requestDevice } from 'webgpu-noise/node';
import { launchChromium } from '../browser/chromium.js';
import { startFirefox } from '../browser/firefox.js';
import { serve } from '../browser/site.js';
import { runInDeno } from '../wgpu/run.js';
import { checkPart, FEATURES, type Part, type PartChecked } from './check.mjs';
import { library, table } from './library.js';

/** Something that has WebGPU, and checks a part of the table with it; or says why it is not there. */
export type Runtime = (part: Part) => Promise<PartChecked | string>;

/** Where Linux keeps the names of Vulkan drivers. */
const DRIVERS = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'];

/** The driver that the user has named, if any: the software adapter of this process names its own. */
const { VK_DRIVER_FILES, VK_ICD_FILENAMES } = process.env;

/** All runtimes, by name. All but the last three come with npm alone. */
export const runtimes = {
  dawn: inNode,
  chromium: async (part) => inBrowser(await launchChromium(), part),
  deno: async (part) => inDeno(part),
  firefox: async (part) => {
    const browser = await startFirefox();
    return typeof browser === 'string' ? browser : inBrowser(browser, part);
  },
  lavapipe: async (part) => {
    const files = DRIVERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
      readdirSync(folder).map((name) => join(folder, name)),
    );
    const driver = files.find((path) => /lvp_icd/.test(path));
    if (!driver) return 'it is not installed';
    return inDeno(part, { VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver });
  },
  gpu: async (part) =>
    (await inDeno<PartChecked | null>(part, { VK_DRIVER_FILES, VK_ICD_FILENAMES }, '--hardware')) ??
    'there is none',
} satisfies { readonly [name: string]: Runtime };

export type RuntimeName = keyof typeof runtimes;

/** What people call the runtimes. */
export const titles: { readonly [N in RuntimeName]: string } = {
  dawn: 'Dawn in Node',
  chromium: 'Chromium',
  deno: 'wgpu in Deno, SwiftShader',
  firefox: 'Firefox',
  lavapipe: 'wgpu in Deno, lavapipe',
  gpu: 'wgpu in Deno, the GPU',
};

async function inNode(part: Part): Promise<PartChecked> {
  // No device comes with a feature that the adapter lacks.
  const device = await requestDevice({ requiredFeatures: FEATURES }).catch(() => requestDevice());
  try {
    return await checkPart(device, library, table, part);
  } finally {
    device.destroy();
  }
}

function inDeno<T = PartChecked>(part: Part, driver?: object, ...flags: string[]): Promise<T> {
  // Mesa complains where there is no such folder, and needs none.
  const environment = driver && { XDG_RUNTIME_DIR: tmpdir(), ...driver };
  return runInDeno('test/table/deno.mjs', [JSON.stringify(part), ...flags], environment);
}

/** Checks on a page, and ends the browser. */
async function inBrowser(browser: Browser, part: Part): Promise<PartChecked> {
  const folders = ['dist', 'test/table'].map((path) => [`/${path}/`, resolve(path)]);
  const served = await serve(Object.fromEntries(folders));
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`${served.address}test/table/here.html`);
    await page.waitForFunction(() => 'checkHere' in globalThis);
    return await page.evaluate(
      (wanted) =>
        (globalThis as unknown as { checkHere(part: Part): Promise<PartChecked> }).checkHere(
          wanted,
        ),
      part,
    );
  } finally {
    await browser.close();
    served.close();
  }
}
