import { isBuffer } from './buffer.js';
import { isExternalTexture, isTexture } from './texture/range.js';

/** What has nothing to compare but itself. */
export const isMemory = (value: unknown): value is WeakKey =>
  isBuffer(value) || isTexture(value) || isExternalTexture(value);

/** Lists and plain objects. */
export const isTree = (value: unknown): value is { readonly [key: string]: unknown } =>
  Array.isArray(value) ||
  (typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype);

/**
 * Whether two values say the same, field by field. Objects of classes may have changed in ways that
 * cannot be seen: they are never the same.
 */
export function isSame(a: unknown, b: unknown): boolean {
  if (!isTree(a) || !isTree(b)) {
    return Object.is(a, b) && (typeof a !== 'object' || a === null || isMemory(a));
  }
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  let fields = 0;
  for (const field in a) {
    if (!(field in b) || !isSame(a[field], b[field])) return false;
    fields++;
  }
  for (const _ in b) fields--;
  return fields === 0;
}

/** A copy that stays as it is, whatever becomes of the lists and objects in it. */
export function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isTree(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([field, of]) => [field, copyOf(of)]));
}
