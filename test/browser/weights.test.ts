import { readFileSync } from 'node:fs';
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
const measured: { digits: number; right: number } = JSON.parse(
  readFileSync('demo/weights/data/measured.json', 'utf8'),
);
const trained = `${((100 * measured.right) / measured.digits).toFixed(1)} %`;

describe('the weights page', () => {
  it('tells as many digits right as the training measured, and leaves the masters alone', async () => {
    const page = await site.open('weights.html?pairs=2');
    await waitForText(page, '#progress', /^2 pairs/);
    expect(await textOf(page, '#without')).toBe(trained);
    expect(await textOf(page, '#spread')).toMatch(/^[1-9]\d*\.\d %$/);
    // 2 pairs of 13 standard deviations.
    expect(await textOf(page, '#tested')).toBe('52');
    expect(await textOf(page, '#changed')).toBe('0 of 25,450');
    const means = await page.$$eval('#numbers td:nth-child(2)', (cells) =>
      cells.map((cell) => Number.parseFloat(cell.textContent ?? '')),
    );
    expect(means[0]).toBe(Number.parseFloat(trained));
    expect(means.at(-1)).toBeLessThan(means[0]! / 2);
  });

  it('is set by keyboard, and keeps its settings in the address', async () => {
    const page = await site.open('weights.html?pairs=1');
    await waitForText(page, '#progress', /^1 pair;/);
    await press(page, '#std', 'ArrowRight');
    await waitForText(page, '#at', /^With std 1$/);
    await press(page, '#relatives :checked', 'ArrowLeft');
    await waitForText(page, '#high', /^2\.4$/);
    await page.keyboard.press('ArrowLeft');
    await waitForText(page, '#at', /^With std 0\.1$/);
    await page.waitForFunction(() => location.search === '?relative=none&std=0.1&pairs=1');
    await press(page, '#digits-tab', 'ArrowRight');
    await page.waitForSelector('#evolution:not([hidden])');
    expect(await page.$eval('#digits', (panel) => (panel as HTMLElement).hidden)).toBe(true);
  });

  it('learns by noise until it is paused, step by step, and from the start again', async () => {
    const page = await site.open('weights.html?tab=evolution&pairs=1');
    await waitForText(page, '#loss', /\d/);
    const first = Number(await textOf(page, '#loss'));
    await press(page, '#single', 'Enter');
    await waitForText(page, '#generation', /^1$/);
    await press(page, '#run', 'Enter');
    await waitForText(page, '#generation', /^[2-9]\d$/);
    await page.keyboard.press('Enter');
    expect(await textOf(page, '#run')).toBe('Learn');
    expect(Number(await textOf(page, '#loss'))).toBeLessThan(first);
    await page.click('#again');
    await waitForText(page, '#generation', /^0$/);
    expect(Number(await textOf(page, '#loss'))).toBe(first);
  });

  it('says when the GPU is lost, and goes on after a restart', async () => {
    const page = await site.open('weights.html?pairs=1', { before: keepDevices });
    await waitForText(page, '#progress', /^1 pair;/);
    await loseGPU(page, /The GPU was lost .*Your settings are kept/);
    await press(page, '#seed', 'ArrowRight');
    await page.evaluate(() => document.getElementById('numbers')!.replaceChildren());
    await restart(page);
    await waitForText(page, '#numbers', /\d/);
    expect(await textOf(page, '#without')).toBe(trained);
  });

  it('says what to do without WebGPU', async () => {
    const page = await site.open('weights.html', { before: removeWebGPU });
    expect(await waitForText(page, '.notice', /WebGPU/)).toMatch(/use a current/);
    expect(await page.$eval('#work', (work) => (work as HTMLElement).hidden)).toBe(true);
  });
});
