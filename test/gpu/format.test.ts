import { describe, expect, it } from 'vitest';
import { clip, type Format, noise, normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { storedArray } from '../arrays.js';
import { expectSameBits } from '../bits.js';
import { allFormats } from '../kernels.js';
import { testDevice } from './device.js';

const { engine, buffer, read } = await testDevice();

const small: Format[] = ['f16', 'bf16', 'u8', 'i8', 'unorm8'];

describe('a format on the GPU', () => {
  it.each(small)('%s: loads and stores every bit pattern as the reference does', async (format) => {
    const patterns = storedArray(
      format,
      new Uint16Array(2 ** 16).map((_, i) => i),
    );
    for (const ops of [[clip({})], [noise({ std: 0.01 })], [noise({ mean: -0.25, std: 1000 })]]) {
      const target = buffer(patterns);
      engine({ seed: 3 }).chain(ops, { format }).run(target);
      const expected = patterns.slice();
      createReferenceEngine({ seed: 3 }).chain(ops, { format }).run(expected);
      expectSameBits(storedArray(format, await read(target, format)), expected);
    }
  });

  it.each(allFormats)('$format $rounding: stores numbers of every size', async (options) => {
    for (const std of [1e-9, 2 ** -24, 1e-3, 1, 300, 65504, 1e37]) {
      const ops = [normal({ mean: std / 3, std })];
      const filled = storedArray(options.format, new Uint8Array(2 ** 14));
      const target = buffer(filled);
      engine({ seed: 9 }).chain(ops, options).run(target);
      createReferenceEngine({ seed: 9 }).chain(ops, options).run(filled);
      const stored = storedArray(options.format, await read(target, options.format));
      expectSameBits(stored, filled);
    }
  });

  it('draws the same noise for an element in every format', async () => {
    const at = { seed: 1, position: 6 };
    const ops = [normal({ mean: 0.5, std: 0.1 })];
    const wide = buffer(new Float32Array(1000));
    engine().chain(ops).run(wide, { at });
    const numbers = await read(wide, 'f32');
    const f16 = buffer(new Uint16Array(1000));
    engine().chain(ops, { format: 'f16' }).run(f16, { at });
    const f16Bits = storedArray('f16', await read(f16, 'f16'));
    const unorm8 = buffer(new Uint8Array(1000));
    engine().chain(ops, { format: 'unorm8' }).run(unorm8, { at });
    const bytes = await read(unorm8, 'unorm8');
    const back = new Uint16Array(1000);
    createReferenceEngine().chain(ops, { format: 'f16' }).run(back, { at });
    expectSameBits(f16Bits, back);
    for (const [i, x] of numbers.entries()) expect(bytes[i]).toBe(Math.round(x * 255));
  });

  it('reads f16 as a Float16Array where the runtime has one, else as bits', async () => {
    const halves = await read(buffer(new Uint16Array([0x3c00])), 'f16');
    expect(halves[0]).toBe('Float16Array' in globalThis ? 1 : 0x3c00);
    const none = globalThis as { Float16Array?: unknown };
    const known = none.Float16Array;
    none.Float16Array = class Float16Array extends Uint16Array {};
    try {
      const named = await read(buffer(new Uint16Array([0x3c00])), 'f16');
      expect(named.constructor.name).toBe('Float16Array');
    } finally {
      none.Float16Array = known;
    }
  });
});
