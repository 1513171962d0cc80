import { describe, expect, it } from 'vitest';
import {
  affine,
  bits,
  clip,
  custom,
  diffuse,
  dropout,
  gaussianDropout,
  laplace,
  noise,
  normal,
  perturb,
  poisson,
  saltPepper,
  speckle,
  truncatedNormal,
  uniform,
  uniformNoise,
} from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { mat3 } from 'wgpu-matrix';
import { someMatrix } from './kernels.js';
import { itRefuses } from './refusals.js';

describe('ops', () => {
  it('are plain, frozen values that survive JSON', () => {
    for (const op of [
      noise({ std: 50 }),
      clip({ max: Infinity }),
      perturb({ std: 0.1, sign: -1 }),
      uniform(),
      bits(),
      noise({ channels: new Float32Array([0.1, -0, 3, 4]) }),
      normal({ channels: { matrix: someMatrix(4), axis: 1 } }),
    ]) {
      expect(Object.isFrozen(op)).toBe(true);
      expect(JSON.parse(JSON.stringify(op))).toEqual(op);
    }
  });

  it('have the field’s usual defaults', () => {
    expect(noise()).toEqual({ op: 'noise', mean: 0, std: 1 });
    expect(normal()).toEqual({ op: 'normal', mean: 0, std: 1 });
    expect(uniform()).toEqual({ op: 'uniform', low: 0, high: 1 });
    expect(perturb({ std: 1 })).toEqual({ op: 'perturb', std: 1, relative: 'none', sign: 1 });
    expect(clip({ min: 0 })).toEqual({ op: 'clip', min: 0 });
    expect(speckle()).toEqual({ op: 'speckle', mean: 0, std: 1 });
    expect(uniformNoise()).toEqual({ op: 'uniformNoise', low: -1, high: 1 });
    expect(affine({})).toEqual({ op: 'affine', scale: 1, shift: 0 });
    expect(laplace()).toEqual({ op: 'laplace', mean: 0, scale: 1 });
    expect(truncatedNormal()).toEqual({ op: 'truncatedNormal', mean: 0, std: 1, low: -2, high: 2 });
    expect(poisson()).toEqual({ op: 'poisson', scale: 1 });
    expect(saltPepper({ p: 1 })).toEqual({ op: 'saltPepper', p: 1, ratio: 0.5, low: 0, high: 1 });
  });

  it('hold the f32 numbers that they compute with', () => {
    expect(noise({ std: 0.1 }).std).toBe(Math.fround(0.1));
  });

  it('hold the matrix that mixes channels in one form, whatever form it is given in', () => {
    const matrix = [1, 2, 3, 4, 5, 6, 7, 8, 0.1].map(Math.fround);
    const channels = { matrix };
    const padded = Float32Array.from([1, 2, 3, Number.NaN, 4, 5, 6, Infinity, 7, 8, 0.1, 9]);
    expect(noise({ channels: matrix })).toEqual(noise({ channels }));
    expect(noise({ channels: padded }).channels).toEqual(channels);
    expect(noise({ channels: Float64Array.from(padded) }).channels).toEqual(channels);
    expect(noise({ channels: mat3.create(1, 2, 3, 4, 5, 6, 7, 8, 0.1) }).channels).toEqual(
      channels,
    );
    for (const given of [{ matrix }, { matrix: someMatrix(4), axis: 1 }]) {
      const op = noise({ channels: given });
      const [checked] = createReferenceEngine().chain([op]).ops;
      expect(checked).toEqual(op);
      expect(op.channels?.axis).toBe('axis' in given ? 1 : undefined);
    }
  });

  itRefuses(RangeError, {
    'noise: channels must hold 4, 9, 12 (three padded columns) or 16 numbers, got 5': () =>
      noise({ channels: [1, 2, 3, 4, 5] }),
    'noise: channels.matrix[2] must be a finite f32 number, got NaN': () =>
      noise({ channels: { matrix: [1, 2, Number.NaN, 4] } }),
    'noise: channels[4] must be a finite f32 number, got 1e+39': () =>
      noise({ channels: [1, 2, 3, 0, 1e39, 5, 6, 0, 7, 8, 9, 0] }),
    'noise: channels.axis must hold whole numbers ≥ 0, got -1': () =>
      noise({ channels: { matrix: someMatrix(2), axis: -1 } }),
  });

  itRefuses(TypeError, {
    'noise: channels must be an object, got 3': () => noise({ channels: 3 as never }),
    'noise: channels.matrix must be a list of numbers, got undefined': () =>
      noise({ channels: { axis: 1 } as never }),
    'noise: channels must be a list of numbers, got a Uint8Array': () =>
      noise({ channels: new Uint8Array(9) as never }),
    'noise: channels[0] must be a number, got an array of 2': () =>
      noise({ channels: [[1, 0], [0, 1], [], []] as never }),
    'noise: unknown field "axes" in channels, known are matrix, axis': () =>
      noise({ channels: { matrix: someMatrix(2), axes: 1 } as never }),
    'dropout: unknown field "channels" in options': () =>
      dropout({ rate: 0.5, channels: someMatrix(2) } as never),
    'custom: channels needs a step that draws "normal", got draws "bits"': () =>
      custom({ wgsl: 'return x;', reference: (x) => x, draws: 'bits', channels: someMatrix(2) }),
  });

  itRefuses(RangeError, {
    'noise: std must be a finite number ≥ 0, got -1': () => noise({ std: -1 }),
    'noise: std must be a finite number ≥ 0, got NaN': () => noise({ std: Number.NaN }),
    'noise: std must be a finite number ≥ 0, got Infinity': () => noise({ std: Infinity }),
    'noise: std must be a finite number ≥ 0, got 1e+39': () => noise({ std: 1e39 }),
    'noise: mean must be a finite f32 number, got NaN': () => noise({ mean: Number.NaN }),
    'normal: std must be a finite number ≥ 0, got -2': () => normal({ std: -2 }),
    'clip: min must be ≤ max, got min 2 and max 1': () => clip({ min: 2, max: 1 }),
    'clip: min must be a number in the range of f32, got NaN': () => clip({ min: Number.NaN }),
    'clip: min must be a number in the range of f32, got 1e+39': () => clip({ min: 1e39 }),
    'clip: max must be a number in the range of f32, got -Infinity': () => clip({ max: -Infinity }),
    'uniform: low must be < high, got low 1 and high 1': () => uniform({ low: 1, high: 1 }),
    'uniform: high - low must be a finite f32 number, got 6': () =>
      uniform({ low: -3e38, high: 3e38 }),
  });

  itRefuses(RangeError, {
    'speckle: std must be a finite number ≥ 0, got -1': () => speckle({ std: -1 }),
    'dropout: rate must be from 0 to 1, got 1.5': () => dropout({ rate: 1.5 }),
    'dropout: rate must be below 1 in f32, got 1': () => dropout({ rate: 1 }),
    'gaussianDropout: rate must be from 0 to 1, got NaN': () =>
      gaussianDropout({ rate: Number.NaN }),
    'saltPepper: p must be from 0 to 1, got -0.1': () => saltPepper({ p: -0.1 }),
    'saltPepper: ratio must be from 0 to 1, got 2': () => saltPepper({ p: 0, ratio: 2 }),
    'uniformNoise: low must be < high, got low 1 and high 1': () => uniformNoise({ low: 1 }),
    'affine: scale must be a finite f32 number, got Infinity': () => affine({ scale: Infinity }),
  });

  itRefuses(RangeError, {
    'laplace: scale must be a finite number ≥ 0, got -1': () => laplace({ scale: -1 }),
    'laplace: mean must be a finite f32 number, got Infinity': () => laplace({ mean: Infinity }),
    'truncatedNormal: std must be a finite number ≥ 0, got -1': () => truncatedNormal({ std: -1 }),
    'truncatedNormal: low must be < high, got low 2 and high 2': () => truncatedNormal({ low: 2 }),
    'truncatedNormal: high must be a finite f32 number, got Infinity': () =>
      truncatedNormal({ high: Infinity }),
    'truncatedNormal: low must be ≤ 12 and high ≥ -12, got low 12.5 and high 13': () =>
      truncatedNormal({ low: 12.5, high: 13 }),
    'truncatedNormal: low must be ≤ 12 and high ≥ -12, got low -14 and high -13': () =>
      truncatedNormal({ low: -14, high: -13 }),
    'poisson: scale must be a number > 0, from 2^-100 to 2^100, got 0': () => poisson({ scale: 0 }),
    'poisson: scale must be a number > 0, from 2^-100 to 2^100, got -1': () =>
      poisson({ scale: -1 }),
    'poisson: scale must be a number > 0, from 2^-100 to 2^100, got NaN': () =>
      poisson({ scale: Number.NaN }),
    'poisson: scale must be a number > 0, from 2^-100 to 2^100, got 1e+39': () =>
      poisson({ scale: 1e39 }),
  });

  itRefuses(TypeError, {
    'laplace: scale must be a number, got "1"': () => laplace({ scale: '1' as never }),
    'truncatedNormal: low must be a number, got null': () =>
      truncatedNormal({ low: null as never }),
    'poisson: scale must be a number, got "2"': () => poisson({ scale: '2' as never }),
    'poisson: unknown field "rate" in options, known are op, scale': () =>
      poisson({ rate: 1 } as never),
    'diffuse: b must be a number, got undefined': () => diffuse({ a: 1 } as never),
    'noise: op must be "noise", got "clip"': () => noise(clip({}) as never),
    'noise: std must be a number, got "1"': () => noise({ std: '1' as never }),
    'noise: unknown field "sigma" in options, known are op, mean, std': () =>
      noise({ sigma: 1 } as never),
    'noise: options must be an object, got 5': () => noise(5 as never),
    'clip: max must be a number, got "9"': () => clip({ max: '9' as never }),
    'perturb: std must be a number, got undefined': () => perturb({} as never),
    'perturb: sign must be 1 or -1, got 2': () => perturb({ std: 1, sign: 2 as never }),
    'perturb: relative must be "none" or "weight" or "rms", got "mean"': () =>
      perturb({ std: 1, relative: 'mean' as never }),
  });
});

describe('chain', () => {
  const { chain } = createReferenceEngine();

  itRefuses(RangeError, {
    'chain: ops must hold 1 to 64 ops, got 0': () => chain([]),
    'chain: ops must hold 1 to 64 ops, got 65': () => chain(Array(65).fill(clip({}))),
    'chain: normal is a source and must be op 0, got it as op 1': () => chain([noise(), normal()]),
    "chain: bits needs format 'u32', got 'f32'": () => chain([bits()]),
    'needs format "f32" or "f16" or "bf16" or "u8" or "i8" or "unorm8", got': () =>
      chain([noise()], { format: 'u32' }),
    'noise: std must be a finite number ≥ 0, got -1': () =>
      chain([{ op: 'noise', mean: 0, std: -1 }]),
  });

  itRefuses(TypeError, {
    'chain: ops must be an array, got an object': () => chain(noise() as never),
    'chain: an op must be made by noise, clip, clipNorm, perturb, affine, custom, diffuse, dropout, gaussianDropout, ':
      () => chain([{ op: 'blur' } as never]),
    'chain: an op must be made by noise': () => chain([undefined as never]),
    'chain: format must be "f32" or "f16" or "bf16" or "u8" or "i8" or "unorm8" or "u32", got "f64"':
      () => chain([noise()], { format: 'f64' as never }),
    'chain: rounds must be 10 or 7, got 8': () => chain([noise()], { rounds: 8 as never }),
    'chain: math must be "exact" or "native", got "fast"': () =>
      chain([noise()], { math: 'fast' as never }),
    'chain: rounding must be "nearest-even" or "truncate", got "up"': () =>
      chain([noise()], { rounding: 'up' as never }),
  });
});
