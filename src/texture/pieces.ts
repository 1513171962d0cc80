import { grid } from '../grid.js';
import { bindSource, NUMBER_BYTES, type Piece, type PieceLimits, pieces } from '../pieces.js';
import { elementsPerInvocation } from './kernel.js';
import { isPicture, type ResolvedTextureTarget } from './target.js';

/** What a binding at a multiple of 256 bytes may need beyond the elements wanted. */
const ALIGNMENT = 256;

/** A texture is bound whole. */
const WHOLE = { offset: 0, size: 0 };

/**
 * Cuts a run with textures into pieces that a device can bind and dispatch. Only buffers need that.
 * The elements of a texture are counted from its upper left corner in every piece.
 *
 * @param bytes bytes per element
 * @param workgroup invocations per workgroup
 * @param numbers whether there is a number for each element, which is bound beside it
 */
export function texturePieces(
  { textures, target, source }: ResolvedTextureTarget,
  bytes: number,
  workgroup: number,
  limits: PieceLimits,
  numbers: boolean,
): Piece[] {
  if (!isPicture(target)) {
    return pieces({ target }, bytes, workgroup, limits, numbers).map((piece) => ({
      ...piece,
      sourceOffset: piece.first - piece.begin,
    }));
  }
  const each = elementsPerInvocation(textures.channels);
  const buffer = textures.source === 'buffer' ? source : undefined;
  const widest = numbers ? NUMBER_BYTES : bytes;
  const largest = (limits.maxStorageBufferBindingSize - ALIGNMENT) / widest;
  const most = Math.max(Math.floor(largest / each), 1) * each;
  const step = buffer || numbers ? most : target.count;
  const result: Piece[] = [];
  for (let begin = 0; begin < target.count; begin += step) {
    const end = Math.min(begin + step, target.count);
    const groups = Math.ceil((end - begin) / each / workgroup);
    const read = buffer && bindSource(buffer.offset + begin, end - begin, bytes);
    result.push({
      target: WHOLE,
      quads: false,
      first: begin,
      begin,
      end,
      sourceOffset: read ? read.begin - begin : 0,
      workgroups: grid(groups, limits),
      ...(read && { source: read.binding }),
    });
  }
  return result;
}
