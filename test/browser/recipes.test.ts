import { describe, expect, it } from 'vitest';
import { recipes } from '../../demo/recipes/index.js';
import { keepDevices, removeWebGPU, testBrowser, textOf, waitForText } from './browser.js';

const site = testBrowser();

/** The recipe's buttons. */
const run = (name: string) => `#${name} button:nth-of-type(1)`;
const stop = (name: string) => `#${name} button:nth-of-type(2)`;
const status = (name: string) => `#${name} [role=status]`;

describe('the page of recipes', () => {
  it('lists all of them, with their claims and their source', async () => {
    const page = await site.open('recipes.html');
    const titles = await page.$$eval('.recipe h2', (all) => all.map((each) => each.textContent));
    expect(titles).toEqual(Object.values(recipes).map(({ title }) => title));
    const claims = await page.$$eval('.told > p:first-of-type', (all) =>
      all.map((each) => each.textContent),
    );
    expect(claims).toEqual(Object.values(recipes).map(({ claim }) => claim));
    for (const name of Object.keys(recipes)) {
      await page.click(`#${name} summary`);
      await waitForText(page, `#${name} pre`, /export (async )?function run\(/);
    }
  });

  it('runs one on the framework, shows what came of it, and stops another', async () => {
    const page = await site.open('recipes.html');
    await page.waitForSelector(`${run('preprocessing')}:enabled`);
    await page.click(run('preprocessing'));
    await waitForText(page, status('preprocessing'), /Done in/);
    const facts = await textOf(page, '#preprocessing dl');
    expect(facts).toMatch(/images1,000.*greatest pixel1noise.*of the GPU’s time/s);
    // Noise that is cut off at 0 makes dark digits lighter.
    await page.waitForSelector('#preprocessing canvas');
    const levels = await page.$$eval('#preprocessing canvas', (all) =>
      (all as HTMLCanvasElement[]).map((canvas) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.reduce((sum, level) => sum + level, 0) / data.length;
      }),
    );
    expect(levels.length).toBe(2);
    expect(levels[1]).toBeGreaterThan(levels[0]! + 5);

    await page.click(run('denoising'));
    await page.waitForSelector(`${run('preprocessing')}:disabled`);
    await page.click(stop('denoising'));
    await waitForText(page, status('denoising'), /Not finished: stopped/);
    await page.waitForSelector(`${run('preprocessing')}:enabled`);
  });

  it('says when the GPU is lost, and runs recipes after a restart', async () => {
    const page = await site.open('recipes.html', { before: keepDevices });
    await page.waitForSelector(`${run('denoising')}:enabled`);
    await page.click(run('denoising'));
    await waitForText(page, status('denoising'), /%/);
    await page.evaluate(() => {
      (globalThis as unknown as { devices: GPUDevice[] }).devices.at(-1)!.destroy();
    });
    await waitForText(page, '[role=alert]', /The GPU was lost/);
    await waitForText(page, status('denoising'), /Not finished: the GPU was lost/);
    await page.click('[role=alert] button');
    await page.waitForSelector(`${run('preprocessing')}:enabled`);
    await page.click(run('preprocessing'));
    await waitForText(page, status('preprocessing'), /Done in/);
  });

  it('says what to do without WebGPU, and still shows claims and source', async () => {
    const page = await site.open('recipes.html', { before: removeWebGPU });
    expect(await waitForText(page, '.notice', /WebGPU/)).toMatch(/use a current/);
    expect(await page.$('.recipe button:enabled')).toBeNull();
    await page.click('#montecarlo summary');
    await waitForText(page, '#montecarlo pre', /normalWGSL/);
  });
});
