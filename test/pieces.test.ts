import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Piece, pieces } from '../src/pieces.js';

const WORKGROUP = 256;
const bytesPerElement = fc.constantFrom(1, 4);
const limits = fc.record({
  maxStorageBufferBindingSize: fc.integer({ min: 512, max: 70_000 }),
  maxComputeWorkgroupsPerDimension: fc.integer({ min: 1, max: 20 }),
});
const element = fc.nat(100_000);

/** Elements of a piece as counted from the start of the run's buffer. */
const span = ({ target, begin, end }: Piece, bytes: number) =>
  [target.offset / bytes + begin, target.offset / bytes + end] as const;

describe('pieces', () => {
  it('cover the range once, in order, at any offset', () => {
    fc.assert(
      fc.property(bytesPerElement, limits, element, element, (bytes, limit, offset, count) => {
        const buffer = { size: 2 ** 30 };
        const cut = pieces({ target: { buffer, offset, count } }, bytes, WORKGROUP, limit);
        let next = offset;
        for (const piece of cut) {
          const [from, to] = span(piece, bytes);
          expect(from).toBe(next);
          expect(to).toBeGreaterThan(from);
          expect(piece.first).toBe(from - offset);
          next = to;
        }
        expect(next).toBe(count === 0 ? offset : offset + count);
      }),
    );
  });

  it('are no more than fill a range, even where it ends with one', () => {
    const limit = { maxStorageBufferBindingSize: 512, maxComputeWorkgroupsPerDimension: 9 };
    const target = { buffer: { size: 2 ** 20 }, offset: 0, count: 256 };
    const ends = pieces({ target }, 4, WORKGROUP, limit).map((piece) => span(piece, 4));
    expect(ends).toEqual([
      [0, 128],
      [128, 256],
    ]);
  });

  it('bind whole words within the limits, at multiples of 256 bytes, and no more than needed', () => {
    fc.assert(
      fc.property(bytesPerElement, limits, element, element, (bytes, limit, offset, count) => {
        const buffer = { size: 2 ** 30 };
        for (const piece of pieces(
          { target: { buffer, offset, count } },
          bytes,
          WORKGROUP,
          limit,
        )) {
          const unit = piece.quads ? 16 : 4;
          expect(piece.quads).toBe(bytes === 4);
          expect(piece.target.offset % 256).toBe(0);
          expect(piece.target.size % unit).toBe(0);
          expect(piece.target.size).toBeLessThanOrEqual(limit.maxStorageBufferBindingSize);
          expect(piece.target.size - piece.end * bytes).toBeLessThan(unit);
        }
      }),
    );
  });

  it('bind whole quads, but for one that the buffer ends within, and never more than it has', () => {
    fc.assert(
      fc.property(limits, element, element, fc.nat(9), (limit, offset, count, more) => {
        fc.pre(count > 0);
        const buffer = { size: 4 * (offset + count + more) };
        const cut = pieces({ target: { buffer, offset, count } }, 4, WORKGROUP, limit);
        const ends = cut.map(({ target }) => target.offset + target.size);
        expect(Math.max(...ends)).toBeLessThanOrEqual(buffer.size);
        const fits = 4 * Math.ceil((offset + count) / 4) <= buffer.size / 4;
        expect(cut.map(({ quads }) => quads)).toEqual(
          cut.map((_, i) => fits || i < cut.length - 1),
        );
      }),
    );
  });

  it('dispatch an invocation per quad, within the limits, and less than a workgroup too many a row', () => {
    fc.assert(
      fc.property(bytesPerElement, limits, element, element, (bytes, limit, offset, count) => {
        const buffer = { size: 2 ** 30 };
        fc.pre(limit.maxComputeWorkgroupsPerDimension >= 9); // 81 workgroups hold any piece
        for (const piece of pieces(
          { target: { buffer, offset, count } },
          bytes,
          WORKGROUP,
          limit,
        )) {
          const [x, y] = piece.workgroups;
          const quads = Math.ceil(piece.end / 4) - Math.floor(piece.begin / 4);
          expect(x * y * WORKGROUP).toBeGreaterThanOrEqual(quads);
          expect((x - 1) * y * WORKGROUP).toBeLessThan(quads);
          expect(Math.max(x, y)).toBeLessThanOrEqual(limit.maxComputeWorkgroupsPerDimension);
        }
      }),
    );
  });

  it('find the source of each element', () => {
    fc.assert(
      fc.property(
        bytesPerElement,
        limits,
        element,
        element,
        element,
        (bytes, limit, to, from, count) => {
          const target = { buffer: { size: 2 ** 30 }, offset: to, count };
          const source = { buffer: { size: 2 ** 30 }, offset: from, count };
          for (const piece of pieces({ target, source }, bytes, WORKGROUP, limit)) {
            const binding = piece.source!;
            expect(binding.offset % 256).toBe(0);
            expect(binding.size).toBeLessThanOrEqual(limit.maxStorageBufferBindingSize);
            const index = piece.begin + piece.sourceOffset;
            expect(binding.offset / bytes + index).toBe(from + piece.first);
            expect((piece.end + piece.sourceOffset) * bytes).toBeLessThanOrEqual(binding.size);
          }
        },
      ),
    );
  });
});
