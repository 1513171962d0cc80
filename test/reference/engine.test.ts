import { describe, expect, it } from 'vitest';
import { noise, uniform } from 'webgpu-noise';
import {
  createReferenceEngine,
  normalPair,
  normalPairFloat64,
  philox4x32,
} from 'webgpu-noise/reference';
import { itRefuses } from '../refusals.js';

describe('the reference engine', () => {
  const cpu = createReferenceEngine();

  it('reads a copy, also of Node’s pooled buffers and of elements in another format', async () => {
    const bytes = Buffer.from([10, 20, 30, 40]);
    const copy = await cpu.read(bytes, { format: 'u8' });
    expect(copy).toEqual(Uint8Array.of(10, 20, 30, 40));
    bytes.fill(0);
    expect(copy[0]).toBe(10);
    const words = await cpu.read(Float32Array.of(1, 2), { format: 'u32' });
    expect(words).toEqual(Uint32Array.of(0x3f800000, 0x40000000));
  });

  it('reads whole elements, from any place in memory', async () => {
    const bytes = Uint8Array.from({ length: 15 }, (_, i) => i).subarray(4);
    expect(await cpu.read(bytes, { format: 'u32' })).toEqual(
      Uint32Array.of(0x07060504, 0x0b0a0908),
    );
    const some = { buffer: bytes, offset: 3, count: 2 };
    expect(await cpu.read(some, { format: 'u8' })).toEqual(Uint8Array.of(7, 8));
  });

  it('takes a number for each element from an array', () => {
    const std = Float32Array.of(2, 0.5, 4);
    const [one, each] = [new Float32Array(3), new Float32Array(3)];
    cpu.chain([noise()]).run(one, { at: { position: 0 } });
    cpu.chain([noise({ std })]).run(each, { at: { position: 0 } });
    expect(each).toEqual(one.map((z, i) => z * std[i]!));
  });

  it('applies a step to an element whose number is below p, and to no other', () => {
    const at = { position: 8 };
    const numbers = new Float32Array(8);
    cpu.chain([uniform()]).run(numbers, { at });
    const changed = (p: number) => {
      const elements = new Float32Array(8);
      cpu.chain([noise({ apply: { p } })]).run(elements, { at: { position: 0 } });
      return [...elements].map((x) => x !== 0);
    };
    for (const number of numbers) {
      expect(changed(number)).toEqual([...numbers].map((other) => other < number));
    }
  });

  it('gives the same noise to a part as to the whole', () => {
    const whole = new Float32Array(100);
    createReferenceEngine({ seed: 1 }).chain([noise()]).run(whole);
    const part = new Float32Array(100);
    const chain = createReferenceEngine({ seed: 1 }).chain([noise()]);
    chain.run({ buffer: part, offset: 7, count: 50 }, { at: { position: 7 } });
    expect(part.subarray(7, 57)).toEqual(whole.subarray(7, 57));
    expect(part[6]).toBe(0);
    expect(part[57]).toBe(0);
  });

  const f16 = cpu.chain([noise()], { format: 'f16' });
  const memory = new Float32Array(8);
  itRefuses(TypeError, {
    'createReferenceEngine: options must be an object, got null': () =>
      createReferenceEngine(null as never),
    'createReferenceEngine: unknown field "sed" in options, known are seed, stream': () =>
      createReferenceEngine({ sed: 5 } as never),
    'createReferenceEngine: unknown field "format"': () =>
      createReferenceEngine({ format: 'u8' } as never),
    'createReferenceEngine: barrier must be "saturate" or "xor", got "none"': () =>
      createReferenceEngine({ barrier: 'none' as never }),
    'run: target must be a Uint16Array': () => f16.run(new Float32Array(4)),
    "run: noise.std must not be in a target's memory, got the same": () =>
      cpu.chain([noise({ std: memory.subarray(4) })]).run(memory.subarray(0, 4)),
    'philox4x32: rounds must be 10 or 7, got 8': () => philox4x32([0, 0, 0, 0], [0, 0], 8 as never),
  });
  itRefuses(RangeError, {
    'normalPair: words must be whole, from 0 to 2^32 - 1, got -1, 1.5': () => normalPair(-1, 1.5),
    'normalPair: words must be whole, from 0 to 2^32 - 1, got 1, -1': () => normalPair(1, -1),
    'normalPair: words must be whole, from 0 to 2^32 - 1, got 4294967296, 1': () =>
      normalPair(2 ** 32, 1),
    'normalPairFloat64: words must be whole, from 0 to 2^32 - 1, got 0.5, 1': () =>
      normalPairFloat64(0.5, 1),
    'normalPairFloat64: words must be whole, from 0 to 2^32 - 1, got 1, 0.5': () =>
      normalPairFloat64(1, 0.5),
    'philox4x32: key must hold 2 words, got 1': () => philox4x32([0, 0, 0, 0], [0] as never),
    'philox4x32: words must be whole, from 0 to 2^32 - 1, got -1': () =>
      philox4x32([0, 0, -1, 0], [0, 0]),
  });

  it('rejects reads that it cannot do', async () => {
    const data = new Float32Array(4);
    await expect(cpu.read(data, { format: 'f64' as never })).rejects.toThrow('read: format must');
    await expect(cpu.read(data, null as never)).rejects.toThrow('read: options must be an object');
    await expect(cpu.read('x' as never)).rejects.toThrow('read: source must be a typed array');
  });
});
