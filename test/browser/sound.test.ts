import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { clipsOf, recipeOf } from '../../demo/sound/recipe.js';
import { fromQuery } from '../../demo/sound/settings.js';
import { decodeWav, encodeWav, type Sound } from '../../demo/sound/wav.js';
import {
  keepDevices,
  type OpenOptions,
  removeAdapters,
  removeWebGPU,
  testBrowser,
  textOf,
  waitForText,
} from './browser.js';

const site = testBrowser();
const speech = soundOf(readFileSync('demo/sound/speech.wav'));
const PLAY = '#mixed button';

function soundOf(file: Buffer): Sound {
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  return { name: 'speech.wav', plain: true, ...decodeWav(bytes as ArrayBuffer)! };
}

/** What the CPU reference makes of a sound at the settings of an address. */
function withNoise(query: string, sound = speech): Float32Array {
  const settings = fromQuery(query);
  const { ops, shape } = recipeOf(settings, sound);
  const { seed, stream } = settings;
  const engine = createReferenceEngine({ seed, stream });
  const noisy = sound.samples.slice(
    0,
    shape.reduce((product, size) => product * size),
  );
  engine.chain(ops).run({ buffer: noisy, shape });
  return noisy;
}

/** In a page, before it starts: keeps the samples that were played last. */
function keepPlayed() {
  const { copyToChannel } = AudioBuffer.prototype;
  AudioBuffer.prototype.copyToChannel = function (samples, channel) {
    Object.assign(globalThis, { played: samples });
    return copyToChannel.call(this, samples, channel);
  };
}

/** Opens the page and waits until it has mixed. */
async function openSound(query = '', options: OpenOptions = {}): Promise<Page> {
  const page = await site.open(`sound.html${query}`, { before: keepPlayed, ...options });
  await waitForText(page, '#status', /samples/);
  return page;
}

/** Waits until what is shown is of the sound and of the settings as they are. */
async function mixed(page: Page, samples = '125,239', asked = /./): Promise<void> {
  await waitForText(page, '#status', new RegExp(`^${samples} samples`));
  await waitForText(page, '#asked', asked);
}

/** The bits of the samples that are heard when the button is pressed. */
async function played(page: Page): Promise<Uint32Array> {
  if ((await textOf(page, PLAY)) === 'Stop') await page.click(PLAY);
  await page.click(PLAY);
  const bits = await page.evaluate(() => {
    const { played } = globalThis as unknown as { played: Float32Array };
    return Array.from(new Uint32Array(played.buffer, played.byteOffset, played.length));
  });
  await page.click(PLAY);
  return Uint32Array.from(bits);
}

/** Samples whose bits differ from those of the CPU reference; NaN where there are more or fewer. */
async function wrong(page: Page, query: string, sound = speech): Promise<number> {
  const [found, expected] = [await played(page), withNoise(query, sound)];
  if (found.length !== expected.length) return Number.NaN;
  const bits = new Uint32Array(expected.buffer);
  return found.reduce((count, word, i) => count + (word === bits[i] ? 0 : 1), 0);
}

/** The decibels that an element or cell says. */
const number = (text: string) => Number(text.replace('−', '-').replace(' dB', ''));

async function chooseFile(page: Page, path: string): Promise<void> {
  await ((await page.$('#file')) as ElementHandle<HTMLInputElement>).uploadFile(path);
}

/** Runs with a folder that is gone afterwards. */
async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'webgpu-noise-'));
  try {
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** dB by which the mean square of n normals is off at 5 standard deviations, of which each is √(2 / n). */
const chance = (n: number) => 5 * (10 / Math.LN10) * Math.sqrt(2 / n);

/** What two decimals leave out. */
const ROUNDING = 0.005;

describe('the sound page', () => {
  it('plays what the CPU reference makes of the sample, bit for bit, at any level', async () => {
    const page = await openSound('?seed=7&stream=3');
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
    const page = await openSound('?db=-3');
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
    const page = await openSound('?level=fixed&std=0.1&noise=laplace');
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
    const page = await openSound('', { calm: true });
    await page.focus('[value=whole]');
    await page.keyboard.press('ArrowRight'); // to the ratios per clip
    await page.focus('#low');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.focus('#seed');
    await page.keyboard.press('ArrowLeft');
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
    await page.focus(PLAY);
    await page.keyboard.press('Enter');
    expect(await textOf(page, PLAY)).toBe('Stop');
    await page.waitForSelector('#mixed.playing');
    // What marks the place lies on the plots, and moves nothing.
    expect(await box()).toEqual(before);
    expect(before.height).toBe(144);
    expect(await page.$eval('#mixed .wave', ({ clientHeight }) => clientHeight)).toBe(72);
    // From one to the other.
    await page.focus('#original button');
    await page.keyboard.press('Space');
    expect(await textOf(page, PLAY)).toBe('Play with noise');
    await page.waitForSelector('#original.playing');
    await page.keyboard.press('Space');
    expect(await textOf(page, '#original button')).toBe('Play original');
    expect(await page.$('.playing')).toBe(null);
    expect(await wrong(page, query)).toBe(0);
  });

  it('saves what it plays as a WAV of 16 bits, and opens that again', async () => {
    await inFolder(async (folder) => {
      const page = await openSound('?db=0&seed=9');
      const session = await page.createCDPSession();
      await session.send('Browser.setDownloadBehavior', {
        behavior: 'allow',
        downloadPath: folder,
        eventsEnabled: true,
      });
      const saved = new Promise((done) => {
        session.on('Browser.downloadProgress', ({ state }) => state === 'completed' && done(state));
      });
      await page.click('#save');
      await saved;
      expect(readdirSync(folder)).toEqual(['speech-noise-seed-9.wav']);
      const file = readFileSync(join(folder, 'speech-noise-seed-9.wav'));
      const noisy = withNoise('?db=0&seed=9');
      expect(file.length).toBe(44 + 2 * noisy.length);
      expect(file.toString('latin1', 0, 4) + file.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
      const [size, format, channels] = [
        file.readUInt32LE(4),
        ...[20, 22].map((at) => file.readUInt16LE(at)),
      ];
      expect([size, format, channels]).toEqual([file.length - 8, 1, 1]);
      const [rate, perSecond, data] = [24, 28, 40].map((at) => file.readUInt32LE(at));
      expect([rate, perSecond, data]).toEqual([22_050, 44_100, 2 * noisy.length]);
      expect([file.readUInt16LE(32), file.readUInt16LE(34)]).toEqual([2, 16]);
      let differing = 0;
      for (const [i, sample] of noisy.entries()) {
        const step = Math.max(-32_768, Math.min(32_767, Math.round(32_768 * sample)));
        if (file.readInt16LE(44 + 2 * i) !== step) differing++;
      }
      expect(differing).toBe(0);

      const half = soundOf(file).samples.subarray(0, 60_000);
      const opened = soundOf(Buffer.from(await encodeWav(half, 16_000).arrayBuffer()));
      writeFileSync(
        join(folder, 'half.wav'),
        Buffer.from(await encodeWav(half, 16_000).arrayBuffer()),
      );
      await chooseFile(page, join(folder, 'half.wav'));
      await mixed(page, '60,000');
      expect(opened.samples).toEqual(half);
      expect(await wrong(page, '?db=0&seed=9', opened)).toBe(0);
      expect(await textOf(page, '#code')).toContain("fetch('half.wav')");
    });
  });

  it('takes what the browser can decode, averages its channels, and refuses the rest', async () => {
    await inFolder(async (folder) => {
      const page = await openSound();
      await chooseFile(page, resolve('package.json'));
      await waitForText(page, '[role=alert]', /“package.json” must be a sound/);
      expect(await wrong(page, '')).toBe(0);

      // Two channels at 44,100 Hz, which cancel each other: a plain header with three fields changed.
      const left = Float32Array.from({ length: 44_100 }, (_, i) => 0.5 * Math.sin(i / 10));
      const samples = Float32Array.from(
        { length: 88_200 },
        (_, i) => left[i >> 1]! * (i % 2 ? -1 : 1),
      );
      const file = Buffer.from(await encodeWav(samples, 44_100).arrayBuffer());
      file.writeUInt16LE(2, 22);
      file.writeUInt32LE(4 * 44_100, 28);
      file.writeUInt16LE(4, 32);
      writeFileSync(join(folder, 'stereo.wav'), file);
      await chooseFile(page, join(folder, 'stereo.wav'));
      await mixed(page, '44,100');
      expect(await page.$('[role=alert]')).toBe(null);
      // Browsers scale positive and negative samples of 16 bits differently, by 2^-15 at most.
      expect(number(await textOf(page, '[data-of=original] td:last-child'))).toBeLessThan(2e-4);
    });
  });

  it('records the microphone', async () => {
    const page = await openSound();
    await page.click('#record');
    await waitForText(page, '#record', /Stop recording/);
    await new Promise((recorded) => setTimeout(recorded, 700));
    await page.click('#record');
    await waitForText(page, '#record', /^Record$/);
    await waitForText(page, '#status', /44,100 Hz/);
    expect(await textOf(page, '#code')).toContain('const sound = samples;');
    await waitForText(page, '#ratio', /^(9\.[89]|10\.[01])\d dB$/);
  });

  it('brings the noisy samples back once for each change, and else only numbers', async () => {
    const page = await openSound('', {
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
    await page.focus('#db');
    await page.keyboard.press('ArrowRight');
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
      const page = await openSound(query);
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
    await page.evaluate(() => {
      (globalThis as unknown as { devices: GPUDevice[] }).devices.at(-1)!.destroy();
    });
    await waitForText(page, '[role=alert]', /The GPU was lost .*Your settings are kept/);
    await page.focus('#db');
    await page.keyboard.press('ArrowRight');
    await page.click('[role=alert] button');
    await mixed(page, '125,239', /^11/);
    expect(await page.$('[role=alert]')).toBe(null);
    expect(await wrong(page, '?db=11')).toBe(0);
  });

  it.each([
    ['WebGPU', removeWebGPU, /^This browser has no WebGPU: use a current/],
    ['an adapter', removeAdapters, /^This browser found no GPU: switch/],
  ])('mixes the same samples without %s, and says what to do', async (_, before, what) => {
    const page = await openSound('?level=clips', { before });
    await page.evaluate(keepPlayed);
    expect(await textOf(page, '[role=status]')).toMatch(what);
    expect(await textOf(page, '#status')).toContain('the processor (CPU)');
    expect(await wrong(page, '?level=clips')).toBe(0);
  });
});
