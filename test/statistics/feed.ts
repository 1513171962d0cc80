/** Bytes that are written at once: what lies beyond them when the reader has enough counts as not read. */
const PIECE = 2 ** 18;

/**
 * Writes words until the reader closes its end or has had `limit` bytes. Waits for the reader before it
 * asks for more. Returns the bytes that went out.
 */
export async function feed(
  pipe: NodeJS.WritableStream,
  words: AsyncIterable<Uint32Array>,
  limit = Infinity,
): Promise<number> {
  let bytes = 0;
  let open = true;
  const closed = new Promise<void>((resolve) => {
    const close = () => {
      open = false;
      resolve();
    };
    pipe.on('error', close).on('close', close);
  });
  for await (const { buffer, byteOffset, byteLength } of words) {
    for (let start = 0; start < byteLength && open && bytes < limit; start += PIECE) {
      const size = Math.min(PIECE, byteLength - start, limit - bytes);
      const written = new Promise<void>((resolve) => {
        pipe.write(new Uint8Array(buffer, byteOffset + start, size), (error) => {
          if (!error) bytes += size;
          resolve();
        });
      });
      await Promise.race([written, closed]);
    }
    if (!open || bytes >= limit) break;
  }
  return bytes;
}
