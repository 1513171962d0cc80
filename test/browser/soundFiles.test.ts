import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeWav } from '../../demo/sound/wav.js';
import { chooseFile, inFolder, save, testBrowser, textOf, waitForText } from './browser.js';
import { mixed, number, openSound, soundOf, withNoise, wrong } from './soundPage.js';

const site = testBrowser();

describe('the sounds of the sound page', () => {
  it('saves what it plays as a WAV of 16 bits, and opens that again', async () => {
    await inFolder(async (folder) => {
      const page = await openSound(site, '?db=0&seed=9');
      expect(await save(page, '#save', folder)).toBe('speech-noise-seed-9.wav');
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
      const page = await openSound(site);
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
    const page = await openSound(site);
    await page.click('#record');
    await waitForText(page, '#record', /Stop recording/);
    await new Promise((recorded) => setTimeout(recorded, 700));
    await page.click('#record');
    await waitForText(page, '#record', /^Record$/);
    await waitForText(page, '#status', /44,100 Hz/);
    expect(await textOf(page, '#code')).toContain('const sound = samples;');
    await waitForText(page, '#ratio', /^(9\.[89]|10\.[01])\d dB$/);
  });
});
