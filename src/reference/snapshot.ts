import { choice, fields } from '../check.js';
import { formatNames } from '../format.js';
import type { Snapshot } from '../snapshot.js';
import { checkDisjoint, resolveTensors } from '../targets.js';
import { arrays, slice } from './arrays.js';

/** As `NoiseEngine.snapshot`, of typed arrays. */
export function takeSnapshot(tensors: unknown, options: unknown): Snapshot {
  const { format: wanted = 'f32' } = fields('snapshot', options, ['format']);
  const trait = arrays(choice('snapshot', 'format', wanted, formatNames));
  const ranges = resolveTensors('snapshot', 'tensors', tensors, trait);
  checkDisjoint(
    'snapshot',
    ranges.map((target) => ({ target })),
    trait,
  );
  const pairs = ranges.map((range) => {
    const { buffer, byteOffset, byteLength } = slice(range);
    const tensor = new Uint8Array(buffer, byteOffset, byteLength);
    return { tensor, copy: tensor.slice() };
  });
  let destroyed = false;
  const assertUsable = (call: string) => {
    if (!destroyed) return;
    throw new Error(`${call}: the snapshot must not be destroyed, got a destroyed one`);
  };
  return Object.freeze({
    save() {
      assertUsable('save');
      for (const { tensor, copy } of pairs) copy.set(tensor);
    },
    restore() {
      assertUsable('restore');
      for (const { tensor, copy } of pairs) tensor.set(copy);
    },
    destroy() {
      destroyed = true;
    },
  });
}
