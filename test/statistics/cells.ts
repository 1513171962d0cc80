import type { FormatUnderTest } from './formats.js';
import { quantile } from './quantiles.js';

/** Cells that end at limits: number x lies in the cell whose index is how many limits are not above it. */
export interface Cells {
  readonly limits: Float32Array;
  /** How likely a stored number is in each cell. */
  readonly shares: Float64Array;
}

/** Bits of the number of most cells: 4096 of them. */
export const CELL_BITS = 12;

function cellsOf(limits: readonly number[], { from }: FormatUnderTest): Cells {
  const rounded = Float32Array.from(limits);
  const beyond = [1, ...rounded].map((limit, i) => (i === 0 ? 1 : from(limit)));
  const shares = Float64Array.from(beyond, (p, i) => p - (beyond[i + 1] ?? 0));
  return { limits: rounded, shares };
}

/** Cells that are equally likely, as far as numbers of the format go; some may be empty. */
export function equalCells(format: FormatUnderTest): Cells {
  const count = 2 ** CELL_BITS;
  const limits = Array.from({ length: count - 1 }, (_, i) => {
    return format.mean + format.std * quantile((i + 1) / count);
  });
  return cellsOf(limits, format);
}

/** Cells of equal width: 1/256 from −8 to 8, or one for each byte. */
export function evenCells(format: FormatUnderTest): Cells {
  const count = format.name === 'u8' ? 256 : 2 ** CELL_BITS;
  const first = format.name === 'u8' ? 1 : (1 - count / 2) / 256;
  const width = format.name === 'u8' ? 1 : 1 / 256;
  return cellsOf(
    Array.from({ length: count - 1 }, (_, i) => first + i * width),
    format,
  );
}

/** Shares of cells of which 2^drop each are taken together. */
export function coarse(shares: Float64Array, drop: number): Float64Array {
  const sums = new Float64Array(shares.length >> drop);
  for (const [cell, share] of shares.entries()) sums[cell >> drop]! += share;
  return sums;
}

/** Shares of pairs, triples, … of independent numbers, the first one's cell in the highest bits. */
export function together(shares: Float64Array, members: number): Float64Array {
  let all = Float64Array.of(1);
  for (let member = 0; member < members; member++) {
    const next = new Float64Array(all.length * shares.length);
    for (const [i, first] of all.entries()) {
      for (const [j, share] of shares.entries()) next[i * shares.length + j] = first * share;
    }
    all = next;
  }
  return all;
}
