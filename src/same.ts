import { isBuffer } from './buffer.js';
import { isChecked } from './parameter.js';
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
  const fields = Object.getOwnPropertyNames(a);
  if (fields.length !== Object.getOwnPropertyNames(b).length) return false;
  return fields.every((field) => Object.hasOwn(b, field) && isSame(a[field], b[field]));
}

/** Lists of pairs of ranges with shapes are as deep as what is given to a call is. */
const DEPTH = 4;

/**
 * A copy that stays as it is, whatever becomes of the lists and objects in it, each field of which is read
 * once; undefined for what nothing that is right can be, of which checking tells.
 */
export function copyOf(value: unknown, depth = DEPTH): unknown {
  try {
    if (!isTree(value) || isMemory(value) || isChecked(value)) return value;
    if (depth === 0) return undefined;
    return Array.isArray(value) ? copyOfList(value, depth - 1) : copyOfObject(value, depth - 1);
  } catch {
    return undefined; // what a getter or a proxy throws
  }
}

function copyOfList(list: readonly unknown[], depth: number): unknown[] | undefined {
  const copy: unknown[] = [];
  for (let i = 0; i < list.length; i++) {
    const item = copyOf(list[i], depth);
    if (item === undefined) return undefined;
    copy.push(item);
  }
  return copy;
}

function copyOfObject(object: { readonly [field: string]: unknown }, depth: number): unknown {
  const copies: [string, unknown][] = [];
  for (const field of Object.getOwnPropertyNames(object)) {
    const value = object[field];
    const copy = copyOf(value, depth);
    if (value !== undefined && copy === undefined) return undefined;
    copies.push([field, copy]);
  }
  return Object.fromEntries(copies);
}
