import { type Format, formats } from '../format.js';

/** The texture formats that hold elements of some chains. */
export type TextureFormat = 'rgba8unorm' | 'bgra8unorm' | 'rgba16float' | 'rgba32float';

/** Elements of a pixel: red, green, blue; or these and alpha. */
export type Channels = 3 | 4;

/** What a kernel with textures reads and writes. */
export interface TextureKernel {
  readonly source: 'nothing' | 'buffer' | 'texture' | 'external texture';
  readonly target: 'buffer' | TextureFormat;
  readonly channels: Channels;
}

const TEXELS = { 1: 'byte', 2: 'half', 4: 'word' } as const;

/** Elements that one invocation does: the fewest that make up whole quads and whole pixels. */
export function elementsPerInvocation(channels: Channels): 4 | 12 {
  return channels === 3 ? 12 : 4;
}

/** The kernel's entry file, and the files that stand for its imports where they are not a buffer's. */
export function textureFiles({ source, target, channels }: TextureKernel, format: Format) {
  const reads = source === 'texture' || source === 'external texture';
  const files: Record<string, string> = {
    texel: `texture/texel/${TEXELS[formats[format].bytes]}`,
    texture: source === 'texture' ? 'texture/source/sampled' : 'texture/source/external',
    alpha: reads ? 'texture/alpha/source' : 'texture/alpha/one',
    ...(reads && { source: 'lib/source/texture' }),
    ...(target !== 'buffer' && { target: 'lib/target/registers' }),
  };
  const whole = channels === 3 ? 'kernel/rgb' : 'kernel/rgba';
  return { entry: target === 'buffer' ? 'kernel/chain' : whole, files };
}

/** What the planner writes for a kernel with textures. */
export function textureDeclarations({ target, channels }: TextureKernel): string {
  const lines = [`const CHANNELS = ${channels}u;`];
  if (target !== 'buffer') {
    lines.push(`alias TextureTarget = texture_storage_2d<${target}, write>;`);
  }
  return lines.join('\n');
}

/** A kernel's textures in its name, such as `rgb of texture to rgba8unorm`. */
export function textureName({ source, target, channels }: TextureKernel): string {
  return `${channels === 3 ? 'rgb' : 'rgba'} of ${source} to ${target}`;
}
