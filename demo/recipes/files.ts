/**
 * Reads a file that lies beside the code, in a browser and in Node.
 *
 * @param address `new URL('…', import.meta.url)`, which Vite knows as a file of the site
 */
export async function readBytes(address: URL): Promise<Uint8Array<ArrayBuffer>> {
  if (address.protocol === 'file:') {
    const { readFileSync } = process.getBuiltinModule('node:fs');
    return new Uint8Array(readFileSync(address));
  }
  const response = await fetch(address);
  if (!response.ok) throw new Error(`readBytes: ${address} must be there, got ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
