import { describe, expect, it } from 'vitest';
import { clip, custom, noise, perAxis } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { reservedWords } from '../../src/reserved.js';
import { expectSameBits } from '../bits.js';
import { itRefuses } from '../refusals.js';
import { testDevice } from './device.js';

const { device, engine, buffer, read } = await testDevice();

const { fround } = Math;

/** Leaky ReLU with noise on the negative side. */
const leaky = custom({
  wgsl: `let negative = float_add(barrier_quad(slope * x), barrier_quad(amount * z));
    return select(negative, x, x >= vec4f(0.0));`,
  reference: (x, z, slope, amount) =>
    x >= 0 ? x : fround(fround(slope! * x) + fround(amount! * z)),
  draws: 'normal',
  parameters: { slope: 0.1, amount: perAxis(0, [1, 2]) },
});

const parity = custom({
  wgsl: 'return select(x, -x, (words & vec4u(1u)) == vec4u(1u));',
  reference: (x, word) => (word & 1 ? -x : x),
  draws: 'bits',
});

describe('custom', () => {
  it('is fused with other steps, and gives the bits of its reference', async () => {
    const ops = [noise(), leaky, clip({ max: 1 }), parity, noise({ std: 0.1 })];
    const target = buffer(new Float32Array(2002));
    const expected = new Float32Array(2002);
    const at = { seed: 6, position: 9 };
    const range = { offset: 2, shape: [2, 1000] };
    engine()
      .chain(ops)
      .run({ buffer: target, ...range }, { at });
    createReferenceEngine()
      .chain(ops)
      .run({ buffer: expected, ...range }, { at });
    expectSameBits(await read(target, 'f32'), expected);
  });

  it('is told apart from one with a parameter of the name of an option', async () => {
    const body = {
      wgsl: 'return x + barrier_quad(z * share);',
      reference: (x: number, z: number, share = 0) => fround(x + fround(z * share)),
      draws: 'normal',
    } as const;
    const shape = [2, 4];
    for (const op of [
      custom({ ...body, parameters: { share: perAxis(0, [1, 2]) } }),
      custom({ ...body, parameters: { share: 2 }, share: [0] }),
    ]) {
      const target = buffer(new Float32Array(8));
      const expected = new Float32Array(8);
      engine().chain([op]).run({ buffer: target, shape });
      createReferenceEngine().chain([op]).run({ buffer: expected, shape });
      expectSameBits(await read(target, 'f32'), expected);
    }
  });

  it('tells the line of its WGSL that does not compile', async () => {
    const gpu = engine();
    const target = buffer(new Float32Array(8).fill(3));
    const wrong = custom({ wgsl: 'let y = x;\nreturn y + nothing;', reference: (x) => x });
    gpu.chain([wrong]).run(target);
    await expect(gpu.read(target)).rejects.toThrow(/\ncustom_\d+:2:12: error: .*nothing/);
    expect(await gpu.read(target)).toEqual(new Float32Array(8).fill(3));
    const ahead = custom({ wgsl: 'return nowhere;', reference: (x) => x });
    await expect(gpu.chain([ahead]).ready()).rejects.toThrow(/:1:\d+: error: .*nowhere/);
  });

  const reference = (x: number) => x;
  itRefuses(TypeError, {
    'custom: wgsl must be a string, got 5': () => custom({ wgsl: 5 as never, reference }),
    'custom: wgsl must be a function\'s body, without imports, got "#import lib/mine"': () =>
      custom({ wgsl: 'return x;\n#import lib/mine', reference }),
    'custom: reference must be a function, got undefined': () => custom({ wgsl: '' } as never),
    'custom: draws must be "nothing" or "normal" or "bits", got "z"': () =>
      custom({ wgsl: '', reference, draws: 'z' as never }),
    'custom: parameters must be an object, got an array of 1': () =>
      custom({ wgsl: '', reference, parameters: [1] as never }),
    'custom: parameters.a must be a number, got "1"': () =>
      custom({ wgsl: '', reference, parameters: { a: '1' as never } }),
  });
  itRefuses(RangeError, {
    'custom: parameters must be at most 4, got 5': () =>
      custom({ wgsl: '', reference, parameters: { a: 1, b: 2, c: 3, d: 4, e: 5 } }),
    'custom: a parameter\'s name must be a WGSL name but x, z, words and what WGSL reserves, got "z"':
      () => custom({ wgsl: '', reference, parameters: { z: 1 } }),
    'and what WGSL reserves, got "std"': () =>
      custom({ wgsl: '', reference, parameters: { mean: 0, std: 1 } }),
    'and what WGSL reserves, got "_"': () => custom({ wgsl: '', reference, parameters: { _: 1 } }),
  });

  it('refuses no name of a parameter that the compiler would take', async () => {
    device.pushErrorScope('validation');
    const modules = [...reservedWords].map((word) => {
      const code = `fn named(${word}: vec4f) {}`;
      return { word, info: device.createShaderModule({ code }).getCompilationInfo() };
    });
    await device.popErrorScope();
    for (const { word, info } of modules) {
      const { messages } = await info;
      expect([word, messages.some(({ type }) => type === 'error')]).toEqual([word, true]);
    }
  });
});
