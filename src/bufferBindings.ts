import {
  type Bindings,
  FIRST_VARYING,
  type Layout,
  layoutOf,
  type Numbers,
  varyingEntries,
} from './bindings.js';
import type { Piece } from './pieces.js';
import type { ResolvedTarget } from './target.js';

/** The layout of a kernel from a buffer to a buffer, or to the same. */
export function bufferLayoutOf(device: GPUDevice, outOfPlace: boolean, varying: number): Layout {
  const name = `${outOfPlace ? 'out of' : 'in'} place, ${varying} varying`;
  return layoutOf(device, name, () => [
    { binding: 0, buffer: { type: 'uniform', hasDynamicOffset: true } },
    { binding: 1, buffer: { type: 'storage' } },
    ...(outOfPlace ? [{ binding: 2, buffer: { type: 'read-only-storage' as const } }] : []),
    ...varyingEntries(varying),
  ]);
}

/** The bind group of a piece of a run on buffers. */
export function bufferGroup(
  device: GPUDevice,
  bindings: Bindings,
  { target, source }: ResolvedTarget<GPUBuffer>,
  piece: Piece,
  uniforms: Numbers,
  varying: readonly Numbers[],
): GPUBindGroup {
  const layout = bufferLayoutOf(device, source !== undefined, varying.length);
  const numbers = [uniforms, ...varying];
  const memory = [target.buffer, ...(source ? [source.buffer] : [])];
  const { target: to, source: from } = piece;
  return bindings.group(
    layout,
    [...memory, ...numbers.map(({ buffer }) => buffer)],
    [
      to.offset,
      to.size,
      from?.offset,
      from?.size,
      ...numbers.flatMap(({ offset, size }) => [offset, size]),
    ],
    () => {
      const entries: GPUBindGroupEntry[] = [
        { binding: 0, resource: uniforms },
        { binding: 1, resource: { buffer: target.buffer, ...to } },
        ...varying.map((resource, i) => ({ binding: FIRST_VARYING + i, resource })),
      ];
      if (source) entries.push({ binding: 2, resource: { buffer: source.buffer, ...from } });
      return entries;
    },
  );
}
