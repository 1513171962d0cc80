import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { softwareEnvironment } from 'webgpu-noise/node';

const PREFERENCES = {
  // WebGPU, on software adapters too.
  'dom.webgpu.enabled': true,
  'gfx.webgpu.ignore-blocklist': true,
  'gfx.webgpu.force-enabled': true,
  // A camera that is none, and that nobody is asked for.
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  // Pages that move by themselves would keep the processor busy.
  'ui.prefersReducedMotion': 1,
  // What Firefox asks of servers of its own ends at a port where nobody listens.
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.failover_direct': false,
  'network.proxy.allow_bypass': false,
};

/** Starts the Firefox of this machine headless; if that cannot be, says why. */
export async function startFirefox(): Promise<Browser | string> {
  const executablePath = programOf(['firefox', 'firefox-esr']);
  if (!executablePath) return 'it is not installed';
  // As root, Firefox refuses a home that is another's; Mesa complains where there is no runtime folder.
  const home = mkdtempSync(join(tmpdir(), 'webgpu-noise-firefox-'));
  const leave = () => rmSync(home, { recursive: true, force: true });
  let browser: Browser;
  try {
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath,
      headless: true,
      protocolTimeout: 0, // what a page is asked can take many minutes
      extraPrefsFirefox: PREFERENCES,
      env: { ...process.env, ...(await driver()), HOME: home, XDG_RUNTIME_DIR: home },
    });
  } catch (error) {
    leave();
    return `it did not start: ${String(error).split('\n')[0]}`;
  }
  browser.on('disconnected', leave);
  if (await hasAdapter(browser)) return browser;
  const version = await browser.version();
  await browser.close();
  return `${version} has no WebGPU here`;
}

/** Where a program lies that can be called by one of the names. */
function programOf(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find((path) => existsSync(path) && statSync(path).isFile());
}

/** The system's Vulkan driver needs no variables; where its usual folders hold none, SwiftShader does. */
async function driver(): Promise<object> {
  const folders = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'].filter((each) =>
    existsSync(each),
  );
  const hasOne = folders.some((folder) => readdirSync(folder).length > 0);
  return process.platform !== 'linux' || hasOne ? {} : softwareEnvironment();
}

/** Whether pages of this machine find an adapter. */
async function hasAdapter(browser: Browser): Promise<boolean> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>adapter</title>');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const page = await browser.newPage();
  try {
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    return await page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()));
  } finally {
    await page.close();
    server.close();
    server.closeAllConnections();
  }
}
