import { expect } from 'vitest';

type Words = ArrayLike<number>;

/** Fails at the first element whose bits differ; two NaNs count as the same. */
export function expectSameBits(actual: Words, expected: Words): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) {
    if (!Object.is(actual[i], expected[i])) {
      expect.fail(`element ${i} of ${actual.length}: ${actual[i]} must be ${expected[i]}`);
    }
  }
}
