import { describe, expect, it } from 'vitest';
import { bits, clip, noise, normal, perturb, uniform } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';

describe('ops', () => {
  it('are plain, frozen values that survive JSON', () => {
    for (const op of [
      noise({ std: 50 }),
      clip({ max: Infinity }),
      perturb({ std: 0.1, sign: -1 }),
      uniform(),
      bits(),
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
  });

  it('hold the f32 numbers that they compute with', () => {
    expect(noise({ std: 0.1 }).std).toBe(Math.fround(0.1));
  });

  // biome-ignore format: a table
  it.each([
    [() => noise({ std: -1 }), RangeError, 'noise: std must be a finite number ≥ 0, got -1'],
    [() => noise({ std: Number.NaN }), RangeError, 'noise: std must be a finite number ≥ 0, got NaN'],
    [() => noise({ std: Infinity }), RangeError, 'noise: std must be a finite number ≥ 0, got Infinity'],
    [() => noise({ std: 1e39 }), RangeError, 'noise: std must be a finite number ≥ 0, got 1e+39'],
    [() => noise({ mean: Number.NaN }), RangeError, 'noise: mean must be a finite f32 number, got NaN'],
    [() => noise({ std: '1' as never }), TypeError, 'noise: std must be a number, got "1"'],
    [() => noise({ sigma: 1 } as never), TypeError, 'noise: unknown field "sigma", known are op, mean, std'],
    [() => noise(5 as never), TypeError, 'noise: options must be an object, got 5'],
    [() => normal({ std: -2 }), RangeError, 'normal: std must be a finite number ≥ 0, got -2'],
    [() => clip({ min: 2, max: 1 }), RangeError, 'clip: min must be ≤ max, got min 2 and max 1'],
    [() => clip({ min: Number.NaN }), RangeError, 'clip: min must be a number in the range of f32, got NaN'],
    [() => clip({ min: 1e39 }), RangeError, 'clip: min must be a number in the range of f32, got 1e+39'],
    [() => clip({ max: -Infinity }), RangeError, 'clip: max must be a number in the range of f32, got -Infinity'],
    [() => clip({ max: '9' as never }), TypeError, 'clip: max must be a number, got "9"'],
    [() => perturb({} as never), TypeError, 'perturb: std must be a number, got undefined'],
    [() => perturb({ std: 1, sign: 2 as never }), TypeError, 'perturb: sign must be 1 or -1, got 2'],
    [() => perturb({ std: 1, relative: 'rms' as never }), TypeError, 'perturb: relative must be "none" or "weight", got "rms"'],
    [() => uniform({ low: 1, high: 1 }), RangeError, 'uniform: low must be < high, got low 1 and high 1'],
    [() => uniform({ low: -3e38, high: 3e38 }), RangeError, 'uniform: high - low must be a finite f32 number, got 6'],
  ])('refuse what they cannot do: %s', (make, type, message) => {
    expect(make).toThrow(type);
    expect(make).toThrow(message);
  });
});

describe('chain', () => {
  const { chain } = createReferenceEngine();

  // biome-ignore format: a table
  it.each([
    [() => chain([]), RangeError, 'chain: ops must hold 1 to 64 ops, got 0'],
    [() => chain(noise() as never), TypeError, 'chain: ops must be an array, got an object'],
    [() => chain(Array(65).fill(clip({}))), RangeError, 'chain: ops must hold 1 to 64 ops, got 65'],
    [() => chain([{ op: 'blur' } as never]), TypeError, 'chain: an op must be made by noise, clip, perturb, normal, uniform, bits, got an object'],
    [() => chain([undefined as never]), TypeError, 'chain: an op must be made by noise'],
    [() => chain([noise(), normal()]), RangeError, 'chain: normal is a source and must be op 0, got it as op 1'],
    [() => chain([bits()]), RangeError, "chain: bits needs format 'u32', got 'f32'"],
    [() => chain([noise()], { format: 'u32' }), RangeError, "needs format \"f32\" or \"f16\" or \"bf16\" or \"u8\" or \"i8\" or \"unorm8\", got"],
    [() => chain([{ op: 'noise', mean: 0, std: -1 }]), RangeError, 'noise: std must be a finite number ≥ 0, got -1'],
    [() => chain([noise()], { format: 'f64' as never }), TypeError, 'chain: format must be "f32" or "f16" or "bf16" or "u8" or "i8" or "unorm8" or "u32", got "f64"'],
    [() => chain([noise()], { rounds: 8 as never }), TypeError, 'chain: rounds must be 10 or 7, got 8'],
    [() => chain([noise()], { math: 'fast' as never }), TypeError, 'chain: math must be "exact" or "native", got "fast"'],
    [() => chain([noise()], { rounding: 'up' as never }), TypeError, 'chain: rounding must be "nearest-even" or "truncate", got "up"'],
  ])('refuses what it cannot do: %s', (make, type, message) => {
    expect(make).toThrow(type);
    expect(make).toThrow(message);
  });
});
