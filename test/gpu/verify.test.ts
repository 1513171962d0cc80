import { describe, expect, it, vi } from 'vitest';
import { createNoiseEngine, hashWords, normal } from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { itRefuses } from '../refusals.js';
import { testDevice } from './device.js';

const { device, engine } = await testDevice();

describe('hashWords', () => {
  itRefuses(TypeError, {
    'hashWords: words must be a Uint32Array, got undefined': () => hashWords(undefined as never),
    'hashWords: words must be a Uint32Array, got a Float32Array': () =>
      hashWords(new Float32Array(1) as never),
  });
});

describe('verify()', () => {
  it.each(['saturate', 'xor'] as const)(
    'passes on this device, with %s barriers',
    async (barrier) => {
      await engine({ barrier }).verify();
    },
  );

  it('says so when the device is lost meanwhile', async () => {
    const mortal = await requestDevice();
    const verified = createNoiseEngine(mortal).verify();
    mortal.destroy();
    await expect(verified).rejects.toThrow('verify: the device must be alive, got a lost one');
  });

  it('runs once per device and compiles ahead', async () => {
    const create = vi.spyOn(device, 'createComputePipeline');
    const other = await requestDevice();
    const sync = vi.spyOn(other, 'createComputePipeline');
    const shaders = vi.spyOn(other, 'createShaderModule');
    await createNoiseEngine(other).chain([normal()]).ready();
    const modules = shaders.mock.calls.length;
    await createNoiseEngine(other).chain([normal()]).ready();
    await createNoiseEngine(other).verify();
    expect(shaders.mock.calls.length).toBe(modules);
    expect(sync).not.toHaveBeenCalled();
    expect(create).not.toHaveBeenCalled();
    create.mockRestore();
    other.destroy();
  });

  // Each is a step of exact math, and the same step rounded otherwise.
  const steps = {
    'mean + std * z': ['barrier_quad(sigma * z) + mean', 'sigma * z * 1.0000001f + mean'],
    'x + t': ['return select(x + t, x,', 'return select((x + t) * 1.0000001f, x,'],
    'matrix * z': ['barrier_quad(row * z[k])', '(row * z[k] * 1.0000001f)'],
    'w * t': ['barrier(x * factor)', '(x * factor * 1.0000001f)'],
    'span * u': ['barrier(barrier(high - low) * u)', '(barrier(high - low) * u * 1.0000001f)'],
    'the logarithm': ['0x1.3ffe1p-7f * y', '0x1.3ffe2p-7f * y'],
    'the angle': ['0x1.921fb4p-1f - g1', '0x1.921fb6p-1f - g1'],
    'a bound of clip': [
      'return float_clamp(x, low, high)',
      'return float_clamp(x, low, vec4f(2.9))',
    ],
  };

  it.each(Object.entries(steps))(
    'notices a device that gets other bits for %s',
    async (_, change) => {
      const other = await requestDevice();
      const create = other.createShaderModule.bind(other);
      let changed = 0;
      vi.spyOn(other, 'createShaderModule').mockImplementation((descriptor) => {
        const [right, wrong] = change;
        changed += descriptor.code.split(right!).length - 1;
        return create({ ...descriptor, code: descriptor.code.replaceAll(right!, wrong!) });
      });
      const chain = createNoiseEngine(other).chain([normal()]);
      await expect(chain.ready()).rejects.toThrow(
        /^verify: exact math on this device .* must hash to/,
      );
      expect(changed).toBeGreaterThan(0);
      other.destroy();
    },
  );

  it.each([true, false])(
    'notices a device that gets other bits where kernels store 16 bytes at a time: %s',
    async (quads) => {
      const other = await requestDevice();
      const create = other.createShaderModule.bind(other);
      vi.spyOn(other, 'createShaderModule').mockImplementation(({ code, ...descriptor }) => {
        const [right, wrong] = [
          'return select(x + t, x,',
          'return select((x + t) * 1.0000001f, x,',
        ];
        const breaks = code.includes('target_quads') === quads;
        return create({ ...descriptor, code: breaks ? code.replaceAll(right, wrong) : code });
      });
      const verified = createNoiseEngine(other, { barrier: 'saturate' }).verify();
      await expect(verified).rejects.toThrow(/^verify: exact math on this device .* must hash to/);
      other.destroy();
    },
  );
});
