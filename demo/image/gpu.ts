import { createNoiseEngine } from 'webgpu-noise';
import type { GPUFound } from '../gpu/device.js';
import { type Comparison, createComparison, type Original } from './compare.js';
import { type Renderer, start } from './renderer.js';

/** As many as large screens have; their numbers fit a buffer of WebGPU's default limits. */
const MAX_PIXELS = 2 ** 23;

/** Elements are the bytes of pictures. */
const FORMAT = { format: 'u8' } as const;

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
  /** Whether kernels can read a video's frames where they are: Firefox 153 cannot, nor copy them to textures. */
  const importable = Reflect.has(device, 'importExternalTexture');
  /** What frames go through otherwise. */
  const still = document.createElement('canvas');
  /** What pictures are written to, where there was one. */
  let texture: GPUTexture | undefined;
  /** What noise is added to: a video is read as it is, frame by frame. */
  let loaded: GPUTexture | HTMLVideoElement | undefined;
  let comparison: Comparison | undefined;
  /** Whether the picture is the one that was measured last. */
  let isKnown = false;

  /** Makes all of the picture's size. */
  function resize(width: number, height: number) {
    if (canvas.width === width && canvas.height === height) return;
    unload();
    Object.assign(canvas, { width, height });
  }

  /** The texture for pictures. */
  function room(): GPUTexture {
    const { TEXTURE_BINDING, COPY_DST, RENDER_ATTACHMENT } = GPUTextureUsage;
    texture ??= device.createTexture({
      label: 'picture',
      size: [canvas.width, canvas.height],
      format: 'rgba8unorm',
      usage: TEXTURE_BINDING | COPY_DST | RENDER_ATTACHMENT, // what copies from canvases ask for
    });
    return texture;
  }

  /** What is to be read: of a video the frame that it shows, which lasts until the task ends. */
  function original(from: GPUTexture | HTMLVideoElement): Original {
    if (from instanceof GPUTexture) return from;
    if (importable) return device.importExternalTexture({ source: from });
    const { width, height } = canvas;
    if (still.width !== width || still.height !== height) Object.assign(still, { width, height });
    still.getContext('2d')!.drawImage(from, 0, 0);
    const copy = { texture: room() };
    device.queue.copyExternalImageToTexture({ source: still }, copy, [width, height]);
    return copy.texture;
  }

  function unload() {
    texture?.destroy();
    comparison?.destroy();
    texture = loaded = comparison = undefined;
  }

  return {
    name,
    maxPixels: MAX_PIXELS,
    canvas,
    load(picture) {
      isKnown = false;
      if (picture instanceof ImageData) {
        const { width, height, data } = picture;
        resize(width, height);
        loaded = room();
        const layout = { bytesPerRow: 4 * width };
        device.queue.writeTexture({ texture: loaded }, data, layout, [width, height]);
        return;
      }
      const { videoWidth, videoHeight } = picture;
      resize(videoWidth, videoHeight);
      loaded = picture;
    },
    prepare(ops) {
      // Recorded, but not submitted.
      const encoder = device.createCommandEncoder({ label: 'prepare' });
      const targets = { source: room(), target: context.getCurrentTexture() };
      engine.chain(ops, FORMAT).encode(encoder, targets);
    },
    draw(ops, place, measured) {
      if (!loaded) return undefined;
      const source = original(loaded);
      const chain = engine.chain(ops, FORMAT);
      if (place) engine.state = start(place);
      const target = context.getCurrentTexture();
      const encoder = device.createCommandEncoder({ label: 'image' });
      chain.encode(encoder, { source, target });
      // Compiled when it is needed: not before the first picture.
      if (measured) comparison ??= createComparison(engine, canvas);
      if (measured) comparison?.encode(encoder, source, target);
      device.queue.submit([encoder.finish()]);
      const numbers = measured ? comparison?.numbers(isKnown) : undefined;
      isKnown ||= measured;
      return numbers;
    },
    done: () => device.queue.onSubmittedWorkDone(),
    destroy() {
      unload();
      engine.destroy();
    },
  };
}
