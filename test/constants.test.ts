import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { shaders } from '../src/shaders.js';

/** Magnitudes of the hexadecimal floats of a shader. */
function floatsOf(name: string): number[] {
  const all = shaders.get(name)!.text.matchAll(/0x1\.([0-9a-f]+)p([+-]?\d+)f/g);
  return [...all].map(
    ([, digits, exponent]) => Number(`0x1${digits}`) * 2 ** (Number(exponent) - 4 * digits!.length),
  );
}

/** Magnitudes of a module's whole numbers times powers of two, and of its fractions as f32. */
function constantsOf(name: string): number[] {
  const text = readFileSync(`src/reference/${name}.ts`, 'utf8');
  const scaled = [...text.matchAll(/(0x[0-9a-f]+) \* 2 \*\* -(\d+)/g)];
  const fractions = [...text.matchAll(/(\d+) \/ (\d+)/g)];
  return [
    ...scaled.map(([, whole, down]) => Number(whole) * 2 ** -Number(down)),
    ...fractions.map(([, above, below]) => Math.fround(Number(above) / Number(below))),
  ];
}

const inOrder = (numbers: number[]) => [...new Set(numbers)].sort((a, b) => a - b);

// Hardly any argument shows the last bit of some.
it('the constants of exact math are the same for the GPU and for the reference', () => {
  const gpu = ['exponential', 'logarithm', 'tail', 'poisson/normal'].map((name) => `lib/${name}`);
  const cpu = ['exponential', 'logarithm', 'tail', 'poisson'];
  expect(inOrder(gpu.flatMap(floatsOf))).toEqual(inOrder(cpu.flatMap(constantsOf)));
});
