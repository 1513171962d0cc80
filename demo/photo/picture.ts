import { convertIndexedToRgb, type DecodedPng, decode, encode, hasPngSignature } from 'fast-png';

/** A picture of 8 bits per sample. */
export interface Picture {
  /** Pixels, ≥ 1. */
  readonly width: number;
  /** Pixels, ≥ 1. */
  readonly height: number;
  /** Colour samples per pixel: grey, or red, green and blue. */
  readonly colours: 1 | 3;
  /** Colour samples, pixel by pixel, row by row: width · height · colours of them. */
  readonly samples: Uint8Array;
  /** One per pixel, 0 transparent to 255 opaque; absent where the file has none. */
  readonly alpha?: Uint8Array;
}

/**
 * Decodes a PNG. Palettes become RGB, greys of 1, 2 and 4 bits are spread over 0 to 255, and a
 * colour that the file declares transparent becomes alpha 0.
 *
 * @param name of the file, for messages
 * @throws {RangeError} in one sentence, when it is no PNG, damaged, or of 16 bits per sample
 */
export function decodePicture(bytes: Uint8Array, name: string): Picture {
  const refuse = (must: string, got: string) =>
    new RangeError(`the picture must ${must}, got ${JSON.stringify(name)}, ${got}`);
  if (!hasPngSignature(bytes)) throw refuse('be a PNG file', 'which is none');
  const { depth, interlaced, indexed } = header(bytes);
  if (depth === 16) throw refuse('have at most 8 bits per sample', 'which has 16');
  if (interlaced && depth < 8) {
    throw refuse('not be interlaced below 8 bits per sample', `which is, with ${depth}`);
  }
  try {
    // A copy: fast-png would read on into what shares a buffer with a Buffer of Node's.
    return expand(decode(Uint8Array.from(bytes), { checkCrc: true }), indexed);
  } catch (cause) {
    const why = (cause as Error).message.replace(/:$/, '');
    const got = `which is cut short or damaged (${why})`;
    throw Object.assign(refuse('be a whole PNG file', got), { cause });
  }
}

/** Encodes as grey, grey and alpha, RGB or RGBA. Only pixels are kept: no colour profile, no text. */
export function encodePicture({ width, height, colours, samples, alpha }: Picture): Uint8Array {
  const channels = colours + (alpha ? 1 : 0);
  const data = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < colours; c++) data[pixel * channels + c] = samples[pixel * colours + c]!;
    if (alpha) data[pixel * channels + colours] = alpha[pixel]!;
  }
  return encode({ width, height, channels, data });
}

/** Two pictures of equal size and kind, with `gap` white columns between. */
export function sideBySide(left: Picture, right: Picture, gap: number): Picture {
  const { width, height, colours } = left;
  const total = width + gap + width;
  const join = (a: Uint8Array, b: Uint8Array, channels: number) => {
    const joined = new Uint8Array(total * height * channels).fill(255);
    for (let y = 0; y < height; y++) {
      const [from, to] = [y * width * channels, (y + 1) * width * channels];
      joined.set(a.subarray(from, to), y * total * channels);
      joined.set(b.subarray(from, to), (y * total + width + gap) * channels);
    }
    return joined;
  };
  const samples = join(left.samples, right.samples, colours);
  const alpha = left.alpha && right.alpha && join(left.alpha, right.alpha, 1);
  return { width: total, height, colours, samples, alpha };
}

/** What fast-png does not tell. IHDR is first in every PNG: https://www.w3.org/TR/PNG/#11IHDR */
function header(bytes: Uint8Array) {
  const INDEXED = 3;
  const [depth = 0, colourType, , , interlace] = bytes.subarray(24);
  return { depth, indexed: colourType === INDEXED, interlaced: interlace === 1 };
}

function expand(png: DecodedPng, indexed: boolean): Picture {
  const { width, height, depth, channels, transparency: key } = png;
  if (!(width * height > 0)) throw new Error(`its size is ${width} × ${height} pixels`);
  if (indexed) return split(width, height, convertIndexedToRgb(png));
  if (channels === 1) {
    const palette = greys(depth, key?.[0]);
    return split(width, height, convertIndexedToRgb({ ...png, palette }));
  }
  if (depth !== 8) throw new Error(`${channels} channels of ${depth} bits are no PNG format`);
  const picture = split(width, height, png.data);
  return channels === 3 && key ? { ...picture, alpha: keyAlpha(picture.samples, key) } : picture;
}

/** The palette that greys of a few bits amount to; the grey `key`, in those bits, is transparent. */
function greys(depth: number, key?: number): number[][] {
  const last = 2 ** depth - 1;
  return Array.from({ length: last + 1 }, (_, value) => {
    const grey = (value * 255) / last;
    return key === undefined ? [grey] : [grey, value === (key & last) ? 0 : 255];
  });
}

/** The alpha of RGB samples of which the colour `key` is transparent. */
function keyAlpha(rgb: Uint8Array, key: Uint16Array): Uint8Array {
  const isKey = (pixel: number) => key.every((value, c) => (value & 255) === rgb[3 * pixel + c]);
  return Uint8Array.from({ length: rgb.length / 3 }, (_, pixel) => (isKey(pixel) ? 0 : 255));
}

/** Takes colour and alpha apart. */
function split(width: number, height: number, data: ArrayLike<number>): Picture {
  const pixels = width * height;
  const channels = data.length / pixels;
  const colours = channels < 3 ? 1 : 3;
  const samples = new Uint8Array(pixels * colours);
  const alpha = channels > colours ? new Uint8Array(pixels) : undefined;
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let c = 0; c < colours; c++) samples[pixel * colours + c] = data[pixel * channels + c]!;
    if (alpha) alpha[pixel] = data[pixel * channels + colours]!;
  }
  return { width, height, colours, samples, alpha };
}
