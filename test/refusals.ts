import { expect, it } from 'vitest';

/** Tests that each call throws an error of this type with the sentence that is its name. */
export function itRefuses(
  type: typeof RangeError | typeof TypeError,
  calls: Record<string, () => unknown>,
): void {
  it.each(Object.entries(calls))('refuses: %s', (sentence, call) => {
    expect(call).toThrow(type);
    expect(call).toThrow(sentence);
  });
}
