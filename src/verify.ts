/**
 * FNV-1a over 32-bit words instead of bytes: a short name for long data, to compare runs by.
 * http://www.isthe.com/chongo/tech/comp/fnv (offset basis 811c9dc5, prime 01000193).
 */
export function hashWords(words: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193);
  return hash >>> 0;
}

/** What every device must give: the hash of `VERIFY_COUNT` exact normals of seed 42. */
export const VERIFY_COUNT = 65536;
export const VERIFY_SEED = 42n;
export const VERIFY_HASH = 3214464678;
