import type { Format, Range } from 'webgpu-noise';
import type { ReferenceArray } from 'webgpu-noise/reference';
import { strangeElements } from './arrays.js';

/** A model: arrays of strange elements, and where in them its tensors lie. */
export interface Model {
  readonly arrays: readonly ReferenceArray[];
  readonly places: readonly { readonly array: number; readonly offset: number; count: number }[];
}

/** Tensors of the given counts one after the other in arrays, with 0 to 3 elements between them. */
export function modelOf(format: Format, counts: readonly number[]): Model {
  const arrays: ReferenceArray[] = [];
  const places: Model['places'][number][] = [];
  let offset = Infinity;
  for (const [index, count] of counts.entries()) {
    if (offset + count > 1600) {
      arrays.push(strangeElements(format));
      offset = index % 3;
    }
    places.push({ array: arrays.length - 1, offset, count });
    offset += count + (index % 4);
  }
  return { arrays, places };
}

/** The tensors in buffers, or arrays, that stand for those of the model. */
export function tensorsIn<B>({ places }: Model, buffers: readonly B[]): Range<B>[] {
  return places.map(({ array, offset, count }) => ({ buffer: buffers[array]!, offset, count }));
}

/** Counts of 200 tensors: the small ones where quads, words and halves are cut, and larger ones. */
export const mixedCounts: readonly number[] = Array.from(
  { length: 200 },
  (_, i) => [0, 1, 3, 5, 64, 2, 257, 7, 4, 130][(7 * i + (i >> 4)) % 10]!,
);
