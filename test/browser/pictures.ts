import { readFileSync } from 'node:fs';
import type { ElementHandle, Page } from 'puppeteer-core';
import type { Op } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { decodePicture } from '../../demo/photo/picture.js';

/** A picture's red, green and blue, pixel by pixel. */
export interface Colours {
  readonly width: number;
  readonly height: number;
  readonly samples: Uint8Array;
}

export const readColours = (path: string): Colours => decodePicture(readFileSync(path), path);

/** What the CPU reference makes of a picture. */
export function withNoise(
  { width, height, samples }: Colours,
  ops: readonly Op[],
  { seed, stream }: { readonly seed: string; readonly stream: string },
): Colours {
  const noisy = samples.slice();
  const engine = createReferenceEngine({ seed, stream });
  engine.chain(ops, { format: 'u8' }).run({ buffer: noisy, shape: [height, width, 3] });
  return { width, height, samples: noisy };
}

/** What the screen shows of a canvas or a video: each of its pixels on one of the screen's, nothing above it. */
export async function canvasColours(page: Page, selector: string): Promise<Colours> {
  const shown = (await page.$(selector)) as ElementHandle<HTMLCanvasElement | HTMLVideoElement>;
  const { width, height } = await shown.evaluate((element) => {
    scrollTo(0, 0);
    if (element instanceof HTMLCanvasElement)
      return { width: element.width, height: element.height };
    return { width: element.videoWidth, height: element.videoHeight };
  });
  const style = await page.addStyleTag({
    content: `
      ${selector} { position: fixed; z-index: 9; inset: 0; width: ${width}px; height: ${height}px; }
      .stage, #noisy { overflow: visible; clip-path: none; }
      .tag, #divider { visibility: hidden; }`,
  });
  const clip = { x: 0, y: 0, width, height };
  const png = await page.screenshot({ clip, captureBeyondViewport: false });
  await style.evaluate((element) => (element as HTMLElement).remove());
  return decodePicture(png, 'screenshot');
}

/** How many samples of two pictures differ; NaN where their sizes do. */
export function differing(a: Colours, b: Colours): number {
  if (a.width !== b.width || a.height !== b.height) return Number.NaN;
  return a.samples.reduce((count, level, i) => count + (level === b.samples[i] ? 0 : 1), 0);
}
