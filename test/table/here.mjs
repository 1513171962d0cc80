// Checks a part of the table in a browser or in Deno, by the library as it is built.
import * as index from '../../dist/index.js';
import { createReferenceEngine } from '../../dist/reference/index.js';
import { checkPart, FEATURES } from './check.mjs';

/**
 * @param part of the table
 * @param wanted `hardware`: only a GPU will do
 * @returns what `checkPart` does; null where a GPU is wanted and there is none
 */
export async function checkHere(part, { hardware = false } = {}) {
  const response = await fetch(new URL('hashes.json', import.meta.url));
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (hardware && (!adapter || adapter.info.isFallbackAdapter)) return null;
  if (!adapter) throw new Error('an adapter must be there, got none');
  const requiredFeatures = FEATURES.filter((feature) => adapter.features.has(feature));
  const device = await adapter.requestDevice({ requiredFeatures });
  const library = { ...index, createReferenceEngine };
  const result = await checkPart(device, library, await response.json(), part);
  device.destroy();
  return result;
}
