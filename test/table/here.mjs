// Checks a part of the table in a browser or in Deno, by the library as it is built.
import * as index from '../../dist/index.js';
import { createReferenceEngine } from '../../dist/reference/index.js';
import { checkPart, FEATURES } from './check.mjs';

/** @returns what `checkPart` does */
export async function checkHere(part) {
  const response = await fetch(new URL('hashes.json', import.meta.url));
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('an adapter must be there, got none');
  const requiredFeatures = FEATURES.filter((feature) => adapter.features.has(feature));
  const device = await adapter.requestDevice({ requiredFeatures });
  const library = { ...index, createReferenceEngine };
  const result = await checkPart(device, library, await response.json(), part);
  device.destroy();
  return result;
}
