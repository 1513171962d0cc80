import { createReferenceEngine } from 'webgpu-noise/reference';
import { pixelsOf } from './picture.js';
import { LEVELS, type Renderer, start } from './renderer.js';

/** As many as it draws while a slider moves, at a few million elements per second. */
const MAX_PIXELS = 2 ** 18;

/** Draws on the CPU, with the bits that a GPU would give. */
export function createCPURenderer(): Renderer {
  const engine = createReferenceEngine();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the canvas must have a 2D context, got none');
  let original = new Uint8Array();

  return {
    name: 'the processor (CPU)',
    maxPixels: MAX_PIXELS,
    canvas,
    load(picture) {
      const { width, height, data } =
        picture instanceof ImageData ? picture : pixelsOf(picture, MAX_PIXELS);
      if (canvas.width !== width || canvas.height !== height)
        Object.assign(canvas, { width, height });
      original = Uint8Array.from(
        { length: 3 * width * height },
        (_, i) => data[i + Math.floor(i / 3)]!,
      );
    },
    prepare() {},
    draw(ops, place, measured) {
      const { width, height } = canvas;
      const noisy = original.slice();
      if (place) engine.state = start(place);
      const shape = [height, width, 3];
      engine.chain(ops, { format: 'u8' }).run({ buffer: noisy, shape });
      const picture = context.createImageData(width, height);
      picture.data.fill(255);
      for (const [i, level] of noisy.entries()) picture.data[i + Math.floor(i / 3)] = level;
      context.putImageData(picture, 0, 0);
      return measured ? numbers(noisy) : undefined;
    },
    done: async () => {},
    destroy() {
      engine.destroy();
    },
  };

  async function numbers(noisy: Uint8Array) {
    const difference = Float32Array.from(noisy, (level, i) => level - original[i]!);
    const levels = { format: 'u8', histogram: LEVELS } as const;
    return {
      original: await engine.measure(original, levels),
      noisy: await engine.measure(noisy, levels),
      difference: await engine.measure(difference),
    };
  }
}
