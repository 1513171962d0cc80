import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrays } from '../src/reference/arrays.js';
import { resolveTargets } from '../src/targets.js';

/** Elements that ranges may cover: few, so that they meet often. */
const LENGTH = 12;
const range = fc
  .tuple(fc.nat(LENGTH), fc.nat(4))
  .map(([offset, count]) => ({ offset, count: Math.min(count, LENGTH - offset) }));
const item = fc.record({ target: range, source: fc.option(range, { nil: undefined }) });

describe('a list of targets', () => {
  it('is refused exactly if an element that is written is met again', () => {
    const [first, second] = [new Uint8Array(LENGTH), new Uint8Array(LENGTH)];
    fc.assert(
      fc.property(fc.array(item, { maxLength: 5 }), fc.boolean(), (items, shared) => {
        const written = shared ? first.subarray(0) : second;
        const memory = [new Array<string>(LENGTH).fill(''), new Array<string>(LENGTH).fill('')];
        const mark = (
          { offset, count }: { offset: number; count: number },
          at: 0 | 1,
          as: string,
        ) => {
          for (let i = offset; i < offset + count; i++) memory[at]![i] += as;
        };
        const targets = items.map(({ target, source }) => {
          mark(target, shared ? 0 : 1, 'w');
          if (!source) return { buffer: written, ...target };
          const from = { offset: source.offset, count: target.count };
          from.offset = Math.min(from.offset, LENGTH - from.count);
          if (!shared || from.offset !== target.offset) mark(from, 0, 'r');
          return { source: { buffer: first, ...from }, target: { buffer: written, ...target } };
        });
        const meets = memory.flat().some((uses) => uses.length > 1 && uses.includes('w'));
        const resolve = () => resolveTargets('run', targets, arrays('u8'));
        if (meets) expect(resolve).toThrow(RangeError);
        else expect(resolve()).toHaveLength(items.length);
      }),
      { numRuns: 2000 },
    );
  });
});
