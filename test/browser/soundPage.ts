import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { recipeOf } from '../../demo/sound/recipe.js';
import { fromQuery } from '../../demo/sound/settings.js';
import { decodeWav, type Sound } from '../../demo/sound/wav.js';
import { type OpenOptions, type testBrowser, textOf, waitForText } from './browser.js';

type Site = ReturnType<typeof testBrowser>;

export const speech = soundOf(readFileSync('demo/sound/speech.wav'));
export const PLAY = '#mixed button';

export function soundOf(file: Buffer): Sound {
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  return { name: 'speech.wav', plain: true, ...decodeWav(bytes as ArrayBuffer)! };
}

/** What the CPU reference makes of a sound at the settings of an address. */
export function withNoise(query: string, sound = speech): Float32Array {
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
export function keepPlayed() {
  const { copyToChannel } = AudioBuffer.prototype;
  AudioBuffer.prototype.copyToChannel = function (samples, channel) {
    Object.assign(globalThis, { played: samples });
    return copyToChannel.call(this, samples, channel);
  };
}

/** Opens the page and waits until it has mixed. */
export async function openSound(site: Site, query = '', options: OpenOptions = {}): Promise<Page> {
  const page = await site.open(`sound.html${query}`, { before: keepPlayed, ...options });
  await waitForText(page, '#status', /samples/);
  return page;
}

/** Waits until what is shown is of the sound and of the settings as they are. */
export async function mixed(page: Page, samples = '125,239', asked = /./): Promise<void> {
  await waitForText(page, '#status', new RegExp(`^${samples} samples`));
  await waitForText(page, '#asked', asked);
}

/** The bits of the samples that are heard when the button is pressed. */
export async function played(page: Page): Promise<Uint32Array> {
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
export async function wrong(page: Page, query: string, sound = speech): Promise<number> {
  const [found, expected] = [await played(page), withNoise(query, sound)];
  if (found.length !== expected.length) return Number.NaN;
  const bits = new Uint32Array(expected.buffer);
  return found.reduce((count, word, i) => count + (word === bits[i] ? 0 : 1), 0);
}

/** The decibels that an element or cell says. */
export const number = (text: string) => Number(text.replace('−', '-').replace(' dB', ''));
