/** A seed or stream as it was typed, in plain digits; undefined unless it is a whole number of 64 bits. */
export function parseSeed(text: string): string | undefined {
  const trimmed = text.trim();
  const isSeed = /^\d{1,20}$/.test(trimmed) && BigInt(trimmed) >> 64n === 0n;
  return isSeed ? String(BigInt(trimmed)) : undefined;
}

export function randomSeed(): string {
  const [low, high] = crypto.getRandomValues(new Uint32Array(2));
  return String((BigInt(high!) << 32n) | BigInt(low!));
}
