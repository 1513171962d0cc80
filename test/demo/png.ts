import { crc32 } from 'node:zlib';
import { encode, type ImageData } from 'fast-png';

/** A PNG with a tRNS chunk, which fast-png writes for palettes only: the transparent colour. */
export function encodeWithKey(image: ImageData, key: readonly number[]): Uint8Array {
  const afterHeader = 33; // signature 8, IHDR 25 bytes
  const png = encode(image);
  const chunk = Buffer.alloc(12 + 2 * key.length);
  chunk.writeUInt32BE(2 * key.length, 0);
  chunk.write('tRNS', 4, 'latin1');
  for (const [i, value] of key.entries()) chunk.writeUInt16BE(value, 8 + 2 * i);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}

/** Bytes without a pattern, the same every time. */
export const someBytes = (count: number) =>
  Uint8Array.from({ length: count }, (_, i) => (Math.imul(i + 1, 0x9e3779b1) >>> 24) & 255);
