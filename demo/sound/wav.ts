/** Sound of one channel. */
export interface Sound {
  /** As its file is called. */
  readonly name: string;
  /** Samples per second. */
  readonly rate: number;
  /** From −1 to 1, which is full scale. */
  readonly samples: Float32Array<ArrayBuffer>;
  /** Whether it came from a file that `decodeWav` takes, so that every browser has the same samples. */
  readonly plain: boolean;
}

const HEADER_BYTES = 44;

/** Where the header has the rate, in bytes. */
const RATE_AT = 24;

/** Steps of 16 bits from 0 to full scale. */
const STEPS = 2 ** 15;

/** Rates that every browser can play. */
const RATES = { least: 8000, most: 96_000 } as const;

/** The header of a plain WAV file: PCM of one channel, 16 bits, in chunks of this order. */
function headerOf(count: number, rate: number): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES));
  const name = (at: number, text: string) => {
    for (let i = 0; i < 4; i++) view.setUint8(at + i, text.charCodeAt(i));
  };
  const bytes = 2 * count;
  name(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + bytes, true); // bytes that follow
  name(8, 'WAVE');
  name(12, 'fmt ');
  view.setUint32(16, 16, true); // bytes of the chunk
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // channels
  view.setUint32(RATE_AT, rate, true);
  view.setUint32(28, 2 * rate, true); // bytes per second
  view.setUint16(32, 2, true); // bytes of a sample of all channels
  view.setUint16(34, 16, true); // bits of a sample
  name(36, 'data');
  view.setUint32(40, bytes, true);
  return view;
}

/** A WAV file of 16 bits. Samples are rounded to the nearest step; what is beyond full scale is clipped. */
export function encodeWav(samples: Float32Array, rate: number): Blob {
  const data = new DataView(new ArrayBuffer(2 * samples.length));
  for (const [i, sample] of samples.entries()) {
    const step = Math.max(-STEPS, Math.min(STEPS - 1, Math.round(STEPS * sample)));
    data.setInt16(2 * i, step, true);
  }
  return new Blob([headerOf(samples.length, rate), data], { type: 'audio/wav' });
}

/**
 * The samples of a WAV file with exactly the header that `encodeWav` writes, which gives them back; or
 * undefined. Browsers decode such files, too, but not all to the same numbers.
 */
export function decodeWav(bytes: ArrayBuffer): Pick<Sound, 'rate' | 'samples'> | undefined {
  if (bytes.byteLength <= HEADER_BYTES) return undefined;
  const count = Math.floor((bytes.byteLength - HEADER_BYTES) / 2);
  const view = new DataView(bytes);
  const rate = view.getUint32(RATE_AT, true);
  if (rate < RATES.least || rate > RATES.most) return undefined;
  const header = headerOf(count, rate);
  for (let i = 0; i < HEADER_BYTES; i++) {
    if (view.getUint8(i) !== header.getUint8(i)) return undefined;
  }
  const sample = (_: unknown, i: number) => view.getInt16(HEADER_BYTES + 2 * i, true) / STEPS;
  return { rate, samples: Float32Array.from({ length: count }, sample) };
}
