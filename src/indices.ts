/**
 * A way from a target's elements to something there is fewer of: places along an axis, or samples
 * that several elements share. The element's number is taken apart from its fastest digit on, and
 * each digit counts with a stride, 0 for those that do not matter:
 * index = base + Σ (⌊(first + element) / (sizes[0] ⋯ sizes[g − 1])⌋ mod sizes[g]) · strides[g].
 */
export interface Indices {
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  /** Different indices: 0 to count − 1. */
  readonly count: number;
  /** Added to the element's number. Default 0. */
  readonly first?: number;
  /** Added to the index, modulo 2^32 in a kernel. Default 0. */
  readonly base?: number;
  /** From an index to that of the next channel, where channels are mixed. */
  readonly step?: number;
}

/** The most digits that a kernel takes: shaders/lib/indices.wgsl. */
export const MAX_DIGITS = 4;

/** The CPU twin of shaders/lib/indices.wgsl. */
export function indexOf({ sizes, strides, first = 0, base = 0 }: Indices, element: number): number {
  let rest = first + element;
  let index = base;
  for (const [g, size] of sizes.entries()) {
    index += (rest % size) * strides[g]!;
    rest = Math.floor(rest / size);
  }
  return index;
}

/** Elements after which indices repeat. */
export function period({ sizes }: Indices): number {
  return product(sizes);
}

/** Each of `count` elements for itself, from element `first` on. */
export function eachOf(count: number, first = 0): Indices {
  return { sizes: [count], strides: [1], count, first };
}

/** Along some axes of a shape: elements that differ along others only have the same index. */
export function along(shape: readonly number[], axes: readonly number[]): Indices {
  const sizes: number[] = [];
  const strides: number[] = [];
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis]!;
    if (size === 1) continue;
    const counts = axes.includes(axis);
    const last = strides.length - 1;
    if (last >= 0 && strides[last]! > 0 === counts) sizes[last]! *= size;
    else {
      sizes.push(size);
      strides.push(counts ? stride : 0);
    }
    if (counts) stride *= size;
  }
  // The slowest digit does nothing if it does not matter.
  if (strides.length > 1 && strides.at(-1) === 0) {
    sizes.pop();
    strides.pop();
  }
  return sizes.length > 0 ? { sizes, strides, count: stride } : eachOf(1);
}

export function product(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a * b, 1);
}
