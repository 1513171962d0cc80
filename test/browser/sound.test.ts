import { describe, expect, it } from 'vitest';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { clipsOf, recipeOf } from '../../demo/sound/recipe.js';
import { fromQuery } from '../../demo/sound/settings.js';
import {
  keepDevices,
  loseGPU,
  press,
  removeAdapters,
  removeWebGPU,
  restart,
  testBrowser,
  textOf,
} from './browser.js';
import {
  keepPlayed,
  mixed,
  number,
  openSound,
  PLAY,
  speech,
  withNoise,
  wrong,
} from './soundPage.js';

const site = testBrowser();

/** dB by which the mean square of n normals is off at 5 standard deviations, of which each is √(2 / n). */
const chance = (n: number) => 5 * (10 / Math.LN10) * Math.sqrt(2 / n);

/** What two decimals leave out. */
const ROUNDING = 0.005;

describe('the sound page', () => {
  it('plays what the CPU reference makes of the sample, bit for bit, at any level', async () => {
    const page = await openSound(site, '?seed=7&stream=3');
    expect(await wrong(page, '?seed=7&stream=3')).toBe(0);
    await page.click('[value=clips]');
    await mixed(page, '125,238', /per clip/);
    expect(await wrong(page, '?seed=7&stream=3&level=clips')).toBe(0);
    await page.click('[value=fixed]');
    await mixed(page, '125,239', /–/);
    expect(await wrong(page, '?seed=7&stream=3&level=fixed')).toBe(0);
    for (const kind of ['laplace', 'uniform']) {
      const before = await textOf(page, '[data-of=noise] td:last-child');
      await page.click(`[value=${kind}]`);
      await page.waitForFunction(
        (peak) => document.querySelector('[data-of=noise] td:last-child')?.textContent !== peak,
        {},
        before,
      );
      expect(await wrong(page, `?seed=7&stream=3&level=fixed&noise=${kind}`)).toBe(0);
    }
  });

  it('measures the ratio that was asked for, as far as chance allows, of the whole and per clip', async () => {
    const page = await openSound(site, '?db=-3');
    const n = speech.samples.length;
    const ratio = number(await textOf(page, '#ratio'));
    expect(Math.abs(ratio + 3)).toBeLessThan(chance(n) + ROUNDING);
    await page.click('[value=clips]');
    await mixed(page, '125,238', /per clip/);
    const rows = await page.$$eval('#clips tbody tr', (all) =>
      all.map((row) => [...row.cells].map(({ textContent }) => textContent!)),
    );
    const [count, length] = clipsOf(speech);
    expect(rows).toHaveLength(count);
    const { asked } = recipeOf(fromQuery('?level=clips'), speech);
    for (const [clip, cells] of rows.entries()) {
      const [, , wanted, found] = cells.map(number);
      expect(Math.abs(wanted! - asked[clip]!)).toBeLessThanOrEqual(ROUNDING + 1e-9);
      expect(Math.abs(found! - asked[clip]!)).toBeLessThan(chance(length) + ROUNDING);
    }
    // The ratios are random: equal ones would need no list.
    expect(new Set(asked).size).toBe(count);
  });

  it('measures fixed noise as the CPU reference does', async () => {
    const page = await openSound(site, '?level=fixed&std=0.1&noise=laplace');
    const noise = withNoise('?level=fixed&std=0.1&noise=laplace').map(
      (sample, i) => sample - speech.samples[i]!,
    );
    const { mean, variance, min, max } = await createReferenceEngine().measure(noise);
    const cells = await page.$$eval('[data-of=noise] td', (all) =>
      all.map(({ textContent }) => textContent!.replace('−', '-')),
    );
    const power = mean ** 2 + variance;
    expect(cells).toEqual([
      Math.sqrt(power).toFixed(4),
      (10 * Math.log10(power)).toFixed(2),
      Math.max(-min, max).toFixed(4),
    ]);
  });

  it('is played and set by keyboard, and keeps its settings in the address', async () => {
    const page = await openSound(site, '', { calm: true });
    await press(page, '[value=whole]', 'ArrowRight'); // to the ratios per clip
    await press(page, '#low', 'ArrowRight');
    await page.keyboard.press('ArrowRight');
    await press(page, '#seed', 'ArrowLeft');
    const query = '?level=clips&low=2&seed=41';
    await page.waitForFunction((wanted) => location.search === wanted, {}, query);
    await page.reload();
    await mixed(page, '125,238', /per clip/);
    expect(await page.$eval('#low-value', (box) => (box as HTMLInputElement).value)).toBe('2');
    expect(await page.$eval('[value=clips]', (radio) => (radio as HTMLInputElement).checked)).toBe(
      true,
    );
    const box = () =>
      page.$eval('#mixed .spectrum', (canvas) => canvas.getBoundingClientRect().toJSON());
    const before = await box();
    await press(page, PLAY, 'Enter');
    expect(await textOf(page, PLAY)).toBe('Stop');
    await page.waitForSelector('#mixed.playing');
    // What marks the place lies on the plots, and moves nothing.
    expect(await box()).toEqual(before);
    expect(before.height).toBe(144);
    expect(await page.$eval('#mixed .wave', ({ clientHeight }) => clientHeight)).toBe(72);
    // From one to the other.
    await press(page, '#original button', 'Space');
    expect(await textOf(page, PLAY)).toBe('Play with noise');
    await page.waitForSelector('#original.playing');
    await page.keyboard.press('Space');
    expect(await textOf(page, '#original button')).toBe('Play original');
    expect(await page.$('.playing')).toBe(null);
    expect(await wrong(page, query)).toBe(0);
  });

  it('brings the noisy samples back once for each change, and else only numbers', async () => {
    const page = await openSound(site, '', {
      before: () => {
        const seen = { reads: [] as number[] };
        Object.assign(globalThis, { seen });
        const { mapAsync } = GPUBuffer.prototype;
        GPUBuffer.prototype.mapAsync = function (mode, offset, size) {
          seen.reads.push(size ?? this.size);
          return mapAsync.call(this, mode, offset, size);
        };
      },
    });
    const reads = () =>
      page.evaluate(() =>
        (globalThis as unknown as { seen: { reads: number[] } }).seen.reads.splice(0),
      );
    await reads();
    await press(page, '#db', 'ArrowRight');
    await mixed(page, '125,239', /^11/);
    const sizes = (await reads()).sort((a, b) => b - a);
    // One read and five measurements, whose records are short.
    expect(sizes).toHaveLength(6);
    expect(sizes[0]).toBeGreaterThanOrEqual(4 * speech.samples.length);
    expect(sizes[1]).toBeLessThan(4096);
  });

  it.each(['?db=3&seed=5', '?level=clips&seed=5&stream=2', '?level=fixed&noise=uniform&std=0.07'])(
    'shows code that makes the same noise: %s',
    async (query) => {
      const page = await openSound(site, query);
      const wave = await page.$eval('link[rel=preload]', (link) => (link as HTMLLinkElement).href);
      const code = (await textOf(page, '#code'))
        .replace("'webgpu-noise'", `'${site.address}library/index.js'`)
        .replace("'webgpu-noise/reference'", `'${site.address}library/reference/index.js'`)
        .replace("'speech.wav'", `'${wave}'`);
      await page.addScriptTag({
        type: 'module',
        content: `${code}\nglobalThis.byCode = [...new Uint32Array(noisy.buffer)];`,
      });
      await page.waitForFunction(() => 'byCode' in globalThis);
      const found = await page.evaluate(
        () => (globalThis as unknown as { byCode: number[] }).byCode,
      );
      expect(found).toEqual([...new Uint32Array(withNoise(query).buffer)]);
    },
  );

  it('says when the GPU is lost, and goes on after a restart', async () => {
    const page = await site.open('sound.html', { before: keepDevices });
    await mixed(page);
    await page.evaluate(keepPlayed);
    await loseGPU(page, /The GPU was lost .*Your settings are kept/);
    await press(page, '#db', 'ArrowRight');
    await restart(page);
    await mixed(page, '125,239', /^11/);
    expect(await wrong(page, '?db=11')).toBe(0);
  });

  it.each([
    ['WebGPU', removeWebGPU, /^This browser has no WebGPU: use a current/],
    ['an adapter', removeAdapters, /^This browser found no GPU: switch/],
  ])('mixes the same samples without %s, and says what to do', async (_, before, what) => {
    const page = await openSound(site, '?level=clips', { before });
    await page.evaluate(keepPlayed);
    expect(await textOf(page, '[role=status]')).toMatch(what);
    expect(await textOf(page, '#status')).toContain('the processor (CPU)');
    expect(await wrong(page, '?level=clips')).toBe(0);
  });
});
