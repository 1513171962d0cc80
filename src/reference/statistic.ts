import { type Groups, placeOf } from '../reduce/groups.js';
import type { Measured } from '../reduce/statistic.js';
import type { Statistic } from '../statistic.js';
import { exponentOf, fixedOf } from './fixed.js';
import { bitsOf, ofBits } from './float.js';

/** The sum of squares of some numbers, in units of 2^(2 (scale − 157)), twin of shaders/reduce/squares.wgsl. */
interface Power {
  readonly sum: bigint;
  /** The largest exponent; 255 where there is NaN or infinity, whose sum is 0. */
  readonly scale: number;
}

/**
 * The specification of statistics, twin of shaders/reduce/finish: the numbers of all groups of some
 * targets, one after the other.
 *
 * @param targets the elements of each target, as numbers of f32
 */
export function statistics(
  { statistic, limit, of }: Statistic,
  targets: readonly Float32Array[],
  measured: readonly Measured[],
): Float32Array {
  const [first] = measured;
  const count = of === 'list' ? (first?.groups.count ?? 0) : lengthOf(measured);
  const numbers = new Float32Array(count);
  const finish = (power: Power, size: number) =>
    statistic === 'norm' ? normFactor(power, limit) : rootMeanSquare(power, size);
  if (of === 'list') {
    for (let group = 0; group < count; group++) {
      const parts = targets.map((target, i) => groupOf(target, measured[i]!.groups, group));
      numbers[group] = finish(powerOf(parts), 0);
    }
    return numbers;
  }
  for (const [i, { groups, base }] of measured.entries()) {
    for (let group = 0; group < groups.count; group++) {
      const power = powerOf([groupOf(targets[i]!, groups, group)]);
      numbers[base + group] = finish(power, groups.size);
    }
  }
  return numbers;
}

function lengthOf(measured: readonly Measured[]): number {
  return measured.reduce((sum, { groups }) => sum + groups.count, 0);
}

function groupOf(numbers: Float32Array, groups: Groups, group: number): Float32Array {
  const origin = placeOf(group, groups.kept);
  return Float32Array.from(
    { length: groups.size },
    (_, i) => numbers[origin + placeOf(i, groups.reduced)]!,
  );
}

function powerOf(parts: readonly Float32Array[]): Power {
  let scale = 1;
  for (const part of parts) for (const x of part) scale = Math.max(scale, exponentOf(x));
  let sum = 0n;
  if (scale === 255) return { sum, scale };
  for (const part of parts) {
    for (const x of part) {
      const m = (fixedOf(Math.abs(x), scale) + 2n ** 31n) >> 32n;
      sum += m * m;
    }
  }
  return { sum, scale };
}

/** min(1, limit / norm), cut off after 24 bits; 1 where there is NaN or infinity; 0 below 2^-126. */
function normFactor({ sum, scale }: Power, limit: number): number {
  if (sum === 0n) return 1;
  const { value, up } = scaled(sum, 64n);
  const mantissa = BigInt((bitsOf(limit) & 0x7fffff) | 0x800000);
  const f = root(value, (mantissa ** 2n) << 64n);
  return Math.min(float(f, exponentOf(limit) - scale - up - 25), 1);
}

/** The root of the mean square, cut off after 24 bits; 0 where there is NaN or infinity, and below 2^-126. */
function rootMeanSquare({ sum, scale }: Power, size: number): number {
  if (sum === 0n) return 0;
  const { value, up } = scaled(sum, 80n);
  const fours = Math.clz32(size) >> 1;
  const f = root(BigInt(size) << BigInt(2 * fours), value);
  return float(f, fours + scale + up - 157);
}

/** A sum as value · 4^up, where the value has `bits` bits or one less. What lies below is cut off. */
function scaled(sum: bigint, bits: bigint): { readonly value: bigint; readonly up: number } {
  let value = sum;
  let up = 0;
  for (; value >= 1n << bits; value >>= 2n) up++;
  for (; value < 1n << (bits - 2n); value <<= 2n) up--;
  return { value, up };
}

/** The root of b / a, cut off: the largest f below 2^25 with f² · a ≤ b. */
function root(a: bigint, b: bigint): number {
  let f = 0n;
  for (let bit = 2n ** 24n; bit > 0n; bit >>= 1n) if ((f | bit) ** 2n * a <= b) f |= bit;
  return Number(f);
}

/** f · 2^exponent as an f32, cut off; 0 below 2^-126, and held below 2^128. For f from 2^23 to 2^25. */
function float(f: number, exponent: number): number {
  const large = f >= 2 ** 24;
  const mantissa = (large ? f >> 1 : f) & 0x7fffff;
  const biased = Math.min(exponent + 150 + (large ? 1 : 0), 254);
  return biased > 0 ? ofBits((biased << 23) | mantissa) : 0;
}
