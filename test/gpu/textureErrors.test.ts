import { describe, expect, it, vi } from 'vitest';
import { type Format, noise, normal } from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { DEFAULTS, plan } from '../../src/plan.js';
import { resolveTextureTarget } from '../../src/texture/target.js';
import { testDevice } from './device.js';

const { device, engine, buffer, errors } = await testDevice();

const { TEXTURE_BINDING, STORAGE_BINDING } = GPUTextureUsage;

/** A texture of 7 x 5 pixels, but for what is said. */
function texture(of: Partial<GPUTextureDescriptor> = {}, on = device): GPUTexture {
  const usage = TEXTURE_BINDING | STORAGE_BINDING;
  return on.createTexture({ size: [7, 5], format: 'rgba8unorm', usage, ...of });
}

/** What no device here can make, as a chain sees it before it asks the device. */
const fake = (properties: object) => ({
  ...{ createView() {}, usage: 12, dimension: '2d', sampleCount: 1, format: 'rgba8unorm' },
  ...{ width: 7, height: 5, depthOrArrayLayers: 1, mipLevelCount: 1, ...properties },
});
const frame = { [Symbol.toStringTag]: 'GPUExternalTexture' };

const [a, b] = [texture(), texture()];
const bytes = buffer(new Uint8Array(140));

type Refusal = readonly [sentence: string, target: unknown, format?: Format];

const typeErrors: Refusal[] = [
  [
    'run: target must be { source, target } with two textures where the chain does not fill, got one texture',
    a,
  ],
  ['run: target must be { source, target } with two textures', { texture: a, alpha: true }],
  [
    "run: source must be a texture with usage GPUTextureUsage.TEXTURE_BINDING, got usage 0x8 of 'out'",
    { source: texture({ usage: STORAGE_BINDING, label: 'out' }), target: b },
  ],
  [
    'run: target must be a texture with usage GPUTextureUsage.STORAGE_BINDING, got usage 0x4',
    { source: a, target: texture({ usage: TEXTURE_BINDING }) },
  ],
  [
    'run: source.dimension must be "2d", got "3d"',
    { source: texture({ dimension: '3d' }), target: b },
  ],
  ['run: source.sampleCount must be 1, got 4', { source: fake({ sampleCount: 4 }), target: b }],
  [
    'run: source.format must be "rgba8unorm" or "bgra8unorm", got "rgba16float"',
    { source: texture({ format: 'rgba16float' }), target: b },
  ],
  ['run: target.format must be "rgba32float", got "rgba8unorm"', { source: a, target: b }, 'f32'],
  [
    'run: target.format must be "rgba8unorm" where the device lacks the feature "bgra8unorm-storage", got "bgra8unorm"',
    { source: a, target: fake({ format: 'bgra8unorm' }) },
  ],
  ['run: alpha must be false or true, got 1', { source: a, target: b, alpha: 1 }],
  [
    'run: unknown field "alpha" in source, known are texture, mipLevel, layer',
    { source: { texture: a, alpha: true }, target: b },
  ],
  [
    'run: unknown field "mip" in target, known are source, target, alpha',
    { source: a, target: b, mip: 1 },
  ],
  ['run: target.texture must be a GPUTexture, got null', { source: a, target: { texture: null } }],
  [
    'run: target.mipLevel must be a number, got "0"',
    { source: a, target: { texture: b, mipLevel: '0' } },
  ],
  ['run: source must be a GPUBuffer or { buffer, offset?', { source: 5, target: b }],
  ['run: source must be a GPUBuffer or { buffer, offset?', { source: undefined, target: b }],
  ['run: target must be a GPUBuffer or { buffer, offset?', { source: a }],
];

const rangeErrors: Refusal[] = [
  [
    'run: a chain on textures must have format "u8" or "unorm8" or "f16" or "f32", got "i8"',
    { source: a, target: b },
    'i8',
  ],
  [
    'run: a chain on external textures must have format "u8" or "unorm8", got "f32"',
    { source: frame, target: texture({ format: 'rgba32float' }) },
    'f32',
  ],
  [
    'run: source and target must have equal sizes, got 7 x 5 and 5 x 7',
    { source: a, target: texture({ size: [5, 7] }) },
  ],
  [
    'run: source and target must be two textures, or two mip levels or layers of one, got the same one twice',
    { source: a, target: { texture: a } },
  ],
  [
    'run: target.count must be 105 (7 x 5 pixels of 3 elements), got 140',
    { source: a, target: bytes },
  ],
  [
    'run: source.count must be 140 (7 x 5 pixels of 4 elements), got 105',
    { source: { buffer: bytes, count: 105 }, target: b, alpha: true },
  ],
  [
    'run: target.shape must be 5 × 7 × 3 (rows, columns, channels of the texture), got 7 × 5 × 3',
    { source: a, target: { buffer: bytes, shape: [7, 5, 3] } },
  ],
  [
    'run: source.shape must be 5 × 7 × 4 (rows, columns, channels of the texture), got 140',
    { source: { buffer: bytes, shape: [140] }, target: b, alpha: true },
  ],
  [
    'run: source.mipLevel must be a whole number from 0 to 0 (the last), got 1',
    { source: { texture: a, mipLevel: 1 }, target: b },
  ],
  [
    'run: target.layer must be a whole number from 0 to 0 (the last), got 0.5',
    { source: a, target: { texture: b, layer: 0.5 } },
  ],
  [
    'run: source must have at most 2^30 elements, got 3221225472',
    { source: fake({ width: 32768, height: 32768 }), target: b },
  ],
];

describe('a run on textures refuses, before anything is submitted,', () => {
  const refusals = [
    ...typeErrors.map((refusal) => ({ type: TypeError, refusal })),
    ...rangeErrors.map((refusal) => ({ type: RangeError, refusal })),
  ];

  it.each(refusals)('$refusal.0', ({ type, refusal: [sentence, target, format = 'u8'] }) => {
    const gpu = engine();
    const chain = gpu.chain([noise()], { format });
    const submit = vi.spyOn(device.queue, 'submit');
    const run = () => chain.run(target as never);
    expect(run).toThrow(type);
    expect(run).toThrow(sentence);
    expect(submit).not.toHaveBeenCalled();
    submit.mockRestore();
    expect(gpu.state.position).toBe(0n);
  });

  it('a fill in a format that textures do not have', () => {
    const fill = engine().chain([normal()], { format: 'bf16' });
    expect(() => fill.run(a)).toThrow('run: a chain on textures must have format');
  });
});

describe('the axes of an external texture', () => {
  it('are what the buffer says that is written', () => {
    const [stage] = plan([noise()], { format: 'u8' }, DEFAULTS).stages;
    const target = { buffer: bytes, shape: [5, 7, 4] };
    const resolved = resolveTextureTarget('run', { source: frame, target }, stage!, new Set());
    expect(resolved).toMatchObject({ shape: [5, 7, 4] });
  });
});

describe('what only the device finds wrong with a texture', () => {
  it('rejects the next ready()', async () => {
    const other = await requestDevice();
    const destroyed = texture();
    destroyed.destroy();
    const chain = engine().chain([noise()], { format: 'u8' });
    for (const wrong of [texture({}, other), destroyed]) {
      for (const target of [
        { source: wrong, target: b },
        { source: a, target: wrong },
      ]) {
        chain.run(target);
        await expect(chain.ready()).rejects.toThrow(/^run: the device refused it/);
        chain.run(target);
        await expect(chain.ready()).rejects.toThrow(/^run: the device refused it/);
      }
    }
    expect(errors).toEqual([]);
    other.destroy();
  });
});
