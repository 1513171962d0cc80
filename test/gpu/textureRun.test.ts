import { describe, expect, it, vi } from 'vitest';
import { createNoiseEngine, noise, normal, perAxis } from 'webgpu-noise';
import { createReferenceEngine, type ReferenceArray } from 'webgpu-noise/reference';
import { expectSameBits } from '../bits.js';
import { elementsOf, rgbaOf, type Size, strangePixels, zeros } from '../pixels.js';
import { testDevice, withLimits } from './device.js';
import { createTexture, readTexture } from './textures.js';

const { device, engine, buffer } = await testDevice();

const texture = (format: GPUTextureFormat, size: Size, rgba?: ReferenceArray) =>
  createTexture(device, format, size, rgba);

describe('steady state with textures', () => {
  it('creates nothing but command encoders, views included', () => {
    const size = { width: 64, height: 64 };
    const [a, b] = [texture('rgba8unorm', size), texture('rgba8unorm', size)];
    const c = { buffer: buffer(zeros('u8', 3 * 64 * 64)), count: 3 * 64 * 64 };
    const gpu = engine();
    const chain = gpu.chain([noise({ std: 9 })], { format: 'u8' });
    const fill = gpu.chain([normal({ std: 9 })], { format: 'u8' });
    const turn = () => {
      chain.run({ source: a, target: b });
      chain.run({ source: b, target: a });
      chain.run({ source: a, target: c });
      chain.run({ source: c, target: b });
      fill.run(a);
      const encoder = device.createCommandEncoder();
      chain.encode(encoder, { source: a, target: b });
      device.queue.submit([encoder.finish()]);
    };
    turn();
    const methods = [
      'createBuffer',
      'createBindGroup',
      'createBindGroupLayout',
      'createComputePipeline',
      'createShaderModule',
    ] as const;
    const spies = methods.map((method) => vi.spyOn(device, method));
    const views = vi.spyOn(GPUTexture.prototype, 'createView');
    for (let i = 0; i < 50; i++) turn();
    for (const spy of [...spies, views]) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  it('has kernels for frames of videos, as far as there are any without a browser', async () => {
    const frame = { [Symbol.toStringTag]: 'GPUExternalTexture' } as never;
    const target = texture('rgba8unorm', { width: 8, height: 8 });
    for (const format of ['u8', 'unorm8'] as const) {
      for (const alpha of [false, true]) {
        const chain = engine().chain([noise({ std: 50 })], { format });
        await chain.ready({ target: { source: frame, target, alpha } });
        await chain.ready({ target: { source: frame, target: buffer(zeros('u8', 8)), alpha } });
      }
    }
  });

  it('begins with ready({ target }), which compiles ahead', async () => {
    const size = { width: 8, height: 8 };
    const [source, target] = [texture('rgba16float', size), texture('rgba16float', size)];
    const chain = engine().chain([normal({ std: 3 })], { format: 'f16', rounds: 7 });
    const sync = vi.spyOn(device, 'createComputePipeline');
    const ahead = vi.spyOn(device, 'createComputePipelineAsync');
    await chain.ready({ target: { source, target } });
    chain.run({ source, target });
    expect(ahead).toHaveBeenCalled();
    expect(sync).not.toHaveBeenCalled();
    sync.mockRestore();
    ahead.mockRestore();
  });
});

describe('encode with textures', () => {
  it('records into an open pass, one after the other', async () => {
    const size = { width: 19, height: 7 };
    const rgba = strangePixels('u8', size);
    const [a, b] = [texture('rgba8unorm', size, rgba), texture('rgba8unorm', size)];
    const gpu = engine({ seed: 2 });
    const chain = gpu.chain([noise({ std: 30 })], { format: 'u8' });
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    chain.encode(pass, { source: a, target: b });
    chain.encode(pass, { source: b, target: a });
    pass.end();
    device.queue.submit([encoder.finish()]);
    const elements = elementsOf(rgba, 3);
    const cpu = createReferenceEngine({ seed: 2 }).chain([noise({ std: 30 })], { format: 'u8' });
    cpu.run(elements);
    expectSameBits(await readTexture(device, b, size, 'u8'), rgbaOf(elements, rgba));
    cpu.run(elements);
    expectSameBits(await readTexture(device, a, size, 'u8'), rgbaOf(elements, rgba));
  });
});

describe('a number for each element of a texture', () => {
  it.each([3, 4] as const)(
    'is found, however the device cuts it: %i channels',
    async (channels) => {
      const size = { width: 31, height: 23 };
      const rgba = strangePixels('u8', size);
      const a = texture('rgba8unorm', size, rgba);
      const elements = elementsOf(rgba, channels);
      const bytes = { buffer: buffer(elements), count: elements.length };
      const values = Float32Array.from(elements, (_, i) => (i % 997) / 9);
      const small = [
        { maxStorageBufferBindingSize: 1280 },
        // Several rows of workgroups, the last of them not full.
        { maxComputeInvocationsPerWorkgroup: 64, maxComputeWorkgroupsPerDimension: channels - 1 },
      ].map((limits) => createNoiseEngine(withLimits(device, limits)));
      const at = { seed: 4, position: 9 };
      const format = 'u8';
      createReferenceEngine()
        .chain([noise({ std: values })], { format })
        .run(elements, { at });
      for (const gpu of [engine(), ...small]) {
        const b = texture('rgba8unorm', size);
        const chain = gpu.chain([noise({ std: buffer(values) })], { format });
        const alpha = channels === 4;
        const out = { buffer: buffer(zeros(format, elements.length + 3)), count: elements.length };
        chain.run({ source: a, target: b, alpha }, { at });
        chain.run({ source: a, target: out, alpha }, { at });
        expectSameBits(await readTexture(device, b, size, format), rgbaOf(elements, rgba));
        expectSameBits(await gpu.read(out, { format }), elements);
        chain.run({ source: bytes, target: b, alpha }, { at });
        const opaque = rgba.map((byte, i) => (i % 4 === 3 ? 255 : byte)) as typeof rgba;
        expectSameBits(await readTexture(device, b, size, format), rgbaOf(elements, opaque));
      }
    },
  );
});

describe('a chain that fills', () => {
  it('takes its target as a source, too, which it does not read', async () => {
    const size = { width: 4, height: 4 };
    const [a, b] = [texture('rgba8unorm', size), texture('rgba8unorm', size)];
    const chain = engine().chain([normal({ mean: 99, std: 20 })], { format: 'u8' });
    const at = { seed: 5, position: 3 };
    chain.run(a, { at });
    chain.run({ source: b, target: b }, { at });
    const expected = await readTexture(device, a, size, 'u8');
    expectSameBits(await readTexture(device, b, size, 'u8'), expected);
  });
});

describe('the axes of a texture', () => {
  it('are rows, columns and channels, for parameters that vary and shared draws', async () => {
    const size = { width: 13, height: 5 };
    const rgba = strangePixels('u8', size);
    const [a, b] = [texture('rgba8unorm', size, rgba), texture('rgba8unorm', size)];
    const ops = [
      noise({ std: perAxis(2, [0, 20, 60]), share: [2] }),
      noise({ std: perAxis(0, [1, 2, 3, 4, 5]), apply: { p: 0.5, axis: 1 } }),
    ];
    const at = { seed: 3, position: 7 };
    engine().chain(ops, { format: 'u8' }).run({ source: a, target: b }, { at });
    const elements = elementsOf(rgba, 3);
    const cpu = createReferenceEngine().chain(ops, { format: 'u8' });
    cpu.run({ buffer: elements, shape: [5, 13, 3] }, { at });
    expectSameBits(await readTexture(device, b, size, 'u8'), rgbaOf(elements, rgba));
  });

  it('are those of a buffer that is filled in place of a texture', async () => {
    const size = { width: 4, height: 2 };
    const source = texture('rgba8unorm', size);
    const target = buffer(zeros('u8', 24));
    const chain = engine({ seed: 5 }).chain([normal({ std: 90, share: [2] })], { format: 'u8' });
    chain.run({ source, target });
    const expected = zeros('u8', 24);
    const cpu = createReferenceEngine({ seed: 5 }).chain(chain.ops, { format: 'u8' });
    cpu.run({ buffer: expected, shape: [2, 4, 3] });
    expectSameBits(await engine().read(target, { format: 'u8' }), expected);
    chain.run({ source, target: { buffer: target, shape: [2, 4, 3] } });
    cpu.run({ buffer: expected, shape: [2, 4, 3] });
    expectSameBits(await engine().read(target, { format: 'u8' }), expected);
  });
});
