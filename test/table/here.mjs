// Checks a part of the table in a browser or in Deno, by the library as it is built.
import * as index from '../../dist/index.js';
import { createReferenceEngine } from '../../dist/reference/index.js';
import { checkPart } from './check.mjs';

/** @returns what `checkPart` does */
export async function checkHere(part) {
  const response = await fetch(new URL('hashes.json', import.meta.url));
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('an adapter must be there, got none');
  const device = await adapter.requestDevice();
  const library = { ...index, createReferenceEngine };
  const result = await checkPart(device, library, await response.json(), part);
  device.destroy();
  return result;
}
