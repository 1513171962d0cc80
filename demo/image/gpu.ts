import { createNoiseEngine } from 'webgpu-noise';
import type { GPUFound } from '../gpu/device.js';
import { type Comparison, createComparison } from './compare.js';
import { type Renderer, start } from './renderer.js';

/** The picture in a texture, and what measures it beside its noisy copy. */
interface Loaded {
  readonly texture: GPUTexture;
  readonly comparison: Comparison;
}

/** As many as large screens have; their numbers fit a buffer of WebGPU's default limits. */
const MAX_PIXELS = 2 ** 23;

/** What lets the chain write to canvases of the format that screens prefer. */
export const STORABLE = 'bgra8unorm-storage';

/**
 * The format that screens prefer, which needs no copy, wherever kernels can store it. Firefox 153 without a
 * display ends when it shows the other.
 */
function canvasFormat(device: GPUDevice): GPUTextureFormat {
  const preferred = navigator.gpu.getPreferredCanvasFormat();
  return device.features.has(STORABLE) ? preferred : 'rgba8unorm';
}

/** Draws on the GPU: from a texture through the chain to the canvas, nothing in between. */
export function createGPURenderer({ device, name }: GPUFound): Renderer {
  const engine = createNoiseEngine(device);
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('webgpu');
  if (!context) throw new Error('the canvas must have a WebGPU context, got none');
  context.configure({
    device,
    format: canvasFormat(device),
    usage: GPUTextureUsage.STORAGE_BINDING | GPUTextureUsage.TEXTURE_BINDING,
  });
  let loaded: Loaded | undefined;
  /** Whether the picture is the one that was measured last. */
  let isKnown = false;

  /** The texture for pictures of a size. */
  function room(width: number, height: number): Loaded {
    if (loaded && canvas.width === width && canvas.height === height) return loaded;
    unload();
    Object.assign(canvas, { width, height });
    const { TEXTURE_BINDING, COPY_DST, RENDER_ATTACHMENT } = GPUTextureUsage;
    const texture = device.createTexture({
      label: 'picture',
      size: [width, height],
      format: 'rgba8unorm',
      usage: TEXTURE_BINDING | COPY_DST | RENDER_ATTACHMENT, // what copies from videos ask for
    });
    loaded = { texture, comparison: createComparison(engine, canvas) };
    return loaded;
  }

  function unload() {
    loaded?.texture.destroy();
    loaded?.comparison.destroy();
    loaded = undefined;
  }

  return {
    name,
    maxPixels: MAX_PIXELS,
    canvas,
    load(picture) {
      isKnown = false;
      if (picture instanceof ImageData) {
        const { width, height, data } = picture;
        const { texture } = room(width, height);
        const layout = { bytesPerRow: 4 * width };
        device.queue.writeTexture({ texture }, data as BufferSource, layout, [width, height]);
      } else {
        const { videoWidth, videoHeight } = picture;
        const { texture } = room(videoWidth, videoHeight);
        const size = [videoWidth, videoHeight];
        device.queue.copyExternalImageToTexture({ source: picture }, { texture }, size);
      }
    },
    draw(ops, place, measured) {
      if (!loaded) return undefined;
      const { texture, comparison } = loaded;
      const chain = engine.chain(ops, { format: 'u8' });
      if (place) engine.state = start(place);
      const target = context.getCurrentTexture();
      const encoder = device.createCommandEncoder({ label: 'image' });
      chain.encode(encoder, { source: texture, target });
      if (measured) comparison.encode(encoder, texture, target);
      device.queue.submit([encoder.finish()]);
      if (!measured) return undefined;
      const numbers = comparison.numbers(isKnown);
      isKnown = true;
      return numbers;
    },
    destroy() {
      unload();
      engine.destroy();
    },
  };
}
