import { isArray, isTyped, items, show } from '../check.js';

/** Whether a value is a 32-bit word: a whole number from 0 to 2^32 − 1. */
export const isWord = (value: unknown): value is number =>
  typeof value === 'number' && value >>> 0 === value;

/** What is wrong with values that are not all words. */
export function noWords(call: string, ...values: readonly unknown[]): TypeError | RangeError {
  const error = values.every((value) => typeof value === 'number') ? RangeError : TypeError;
  const received = values.map(show).join(', ');
  return new error(`${call}: words must be whole, from 0 to 2^32 - 1, got ${received}`);
}

/** A copy of a list of so many words. @throws {TypeError | RangeError} when it is none */
export function wordsOf(call: string, field: string, list: unknown, count: number): number[] {
  if (!isArray(list) && !isTyped(list, Uint32Array)) {
    throw new TypeError(`${call}: ${field} must be a list of ${count} words, got ${show(list)}`);
  }
  return items(call, field, list, checkWord, (length) => {
    if (length === count) return;
    throw new RangeError(`${call}: ${field} must hold ${count} words, got ${length}`);
  });

  function checkWord(word: unknown): number {
    if (isWord(word)) return word;
    throw noWords(call, word);
  }
}

/** @throws {TypeError} when not all are numbers */
export function checkNumbers(call: string, a: unknown, b: unknown, c: unknown = 0): void {
  for (const value of [a, b, c]) {
    if (typeof value === 'number') continue;
    throw new TypeError(`${call}: its arguments must be numbers, got ${show(value)}`);
  }
}
