import {
  clip,
  laplace,
  noise,
  type Op,
  poisson,
  saltPepper,
  speckle,
  uniformNoise,
} from 'webgpu-noise';
import { short, writtenOp, writtenPlace } from '../controls/code.js';
import type { Settings } from './settings.js';

/** A step of a chain as it is written: an op's name and its options. */
interface Step {
  readonly op: keyof typeof makers;
  readonly options: { readonly [name: string]: number | number[] };
}

const makers = { clip, laplace, noise, poisson, saltPepper, speckle, uniformNoise };

/** White, in grey levels. */
const WHITE = 255;

/** Axis 2 of [rows, columns, channels]. */
const CHANNELS = [2];

/** Noise of the settings' kind, then the clip. */
function stepsOf(settings: Settings): Step[] {
  const { min, max, mono } = settings;
  const { op, options } = noiseOf(settings);
  return [
    { op, options: mono ? { ...options, share: CHANNELS } : options },
    { op: 'clip', options: { min, max } },
  ];
}

function noiseOf({ noise: kind, std, mean, replaced, salt, photons }: Settings): Step {
  const shift: Step['options'] = mean === 0 ? {} : { mean };
  switch (kind) {
    case 'gaussian':
      return { op: 'noise', options: { ...shift, std } };
    case 'uniform': {
      // A uniform distribution of width w has the standard deviation w / √12; w must not be 0.
      const half = Math.max(std, 0.001) * Math.sqrt(3);
      return { op: 'uniformNoise', options: { low: short(mean - half), high: short(mean + half) } };
    }
    case 'laplace':
      // Its standard deviation is √2 times its scale.
      return { op: 'laplace', options: { ...shift, scale: short(std / Math.SQRT2) } };
    case 'speckle': {
      const relative: Step['options'] = mean === 0 ? {} : { mean: short(mean / WHITE) };
      return { op: 'speckle', options: { ...relative, std: short(std / WHITE) } };
    }
    case 'poisson':
      return { op: 'poisson', options: { scale: short(photons / WHITE) } };
    case 'saltPepper':
      return {
        op: 'saltPepper',
        options: { p: replaced / 100, ratio: salt / 100, low: 0, high: WHITE },
      };
  }
}

/** The chain's ops. */
export function opsOf(settings: Settings): Op[] {
  return stepsOf(settings).map(({ op, options }) => makers[op](options as never));
}

/** The lines that make the picture of the settings. */
export function codeOf(settings: Settings): string {
  const steps = stepsOf(settings);
  const names = [...steps.map(({ op }) => op), 'createNoiseEngine'].sort();
  return `import { ${names.join(', ')} } from 'webgpu-noise';

const adapter = await navigator.gpu.requestAdapter();
// Lets kernels write to a canvas of the format that the screen prefers.
const storable = adapter.features.has('bgra8unorm-storage');
const requiredFeatures = storable ? ['bgra8unorm-storage'] : [];
const device = await adapter.requestDevice({ requiredFeatures });
const engine = createNoiseEngine(device, { ${writtenPlace(settings)} });
const chain = engine.chain(
  [
${steps.map(({ op, options }) => `    ${writtenOp(op, options)},`).join('\n')}
  ],
  { format: 'u8' },
);

// From a picture on the page to a canvas, without a byte back to the CPU.
const picture = await createImageBitmap(document.querySelector('img'));
const { width, height } = picture;
const { TEXTURE_BINDING, COPY_DST, RENDER_ATTACHMENT, STORAGE_BINDING } = GPUTextureUsage;
const source = device.createTexture({
  size: [width, height],
  format: 'rgba8unorm',
  usage: TEXTURE_BINDING | COPY_DST | RENDER_ATTACHMENT,
});
device.queue.copyExternalImageToTexture({ source: picture }, { texture: source }, [width, height]);

const canvas = Object.assign(document.createElement('canvas'), { width, height });
const context = canvas.getContext('webgpu');
const format = storable ? navigator.gpu.getPreferredCanvasFormat() : 'rgba8unorm';
context.configure({ device, format, usage: STORAGE_BINDING });
document.body.append(canvas);

chain.run({ source, target: context.getCurrentTexture() });
`;
}
