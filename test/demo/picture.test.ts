import { readFileSync } from 'node:fs';
import { decode, encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { decodePicture, encodePicture } from '../../demo/photo/picture.js';
import { encodeWithKey, someBytes } from './png.js';

const open = (bytes: Uint8Array) => decodePicture(bytes, 'a.png');

describe('decodePicture', () => {
  it.each([
    [1, [0b10100000], [255, 0, 255]],
    [2, [0b00011000], [0, 85, 170]],
    [4, [0x0f, 0x70], [0, 255, 119]],
  ] as const)('spreads greys of %i bits over 0 to 255', (depth, packed, samples) => {
    const data = Uint8Array.from([...packed, ...packed]);
    const picture = open(encode({ width: 3, height: 2, channels: 1, depth, data }));
    expect(picture).toEqual({
      width: 3,
      height: 2,
      colours: 1,
      samples: Uint8Array.from([...samples, ...samples]),
    });
  });

  it('reads palettes of 1, 2, 4 and 8 bits as RGB', () => {
    const palette = [
      [1, 2, 3],
      [40, 50, 60],
    ];
    for (const [depth, data] of [
      [1, [0b01000000]],
      [2, [0b00010000]],
      [4, [0x01, 0x00]],
      [8, [0, 1, 0]],
    ] as const) {
      const image = { width: 3, height: 1, channels: 1, depth, palette };
      const { colours, samples, alpha } = open(encode({ ...image, data: Uint8Array.from(data) }));
      expect({ depth, colours, samples: [...samples], alpha }).toEqual({
        depth,
        colours: 3,
        samples: [1, 2, 3, 40, 50, 60, 1, 2, 3],
        alpha: undefined,
      });
    }
  });

  it('reads the alpha of a palette, opaque where the file ends it early', () => {
    const palette = [
      [1, 2, 3, 0],
      [4, 5, 6, 99],
      [7, 8, 9, 255],
    ];
    const data = Uint8Array.of(2, 1, 0);
    const picture = open(encode({ width: 3, height: 1, channels: 1, palette, data }));
    expect([...picture.samples]).toEqual([7, 8, 9, 4, 5, 6, 1, 2, 3]);
    expect([...picture.alpha!]).toEqual([255, 99, 0]);
  });

  it('makes the one transparent colour of a grey or RGB file alpha 0', () => {
    const data = Uint8Array.of(9, 8, 7, 9, 8, 6, 9, 8, 5);
    const rgb = { width: 3, height: 1, channels: 3, data };
    expect([...open(encodeWithKey(rgb, [9, 8, 6])).alpha!]).toEqual([255, 0, 255]);
    const grey = { width: 3, height: 1, channels: 1, data: Uint8Array.of(9, 8, 7) };
    expect(open(encodeWithKey(grey, [8]))).toEqual({
      width: 3,
      height: 1,
      colours: 1,
      samples: Uint8Array.of(9, 8, 7),
      alpha: Uint8Array.of(255, 0, 255),
    });
    const two = { width: 2, height: 1, channels: 1, data: Uint8Array.of(0b11010000) };
    expect([...open(encodeWithKey({ ...two, depth: 2 }, [1])).alpha!]).toEqual([255, 0]);
  });

  it('reads interlaced files of 8 bits, and refuses those below', () => {
    const data = someBytes(13 * 9 * 3);
    const image = { width: 13, height: 9, channels: 3, data };
    expect(open(encode(image, { interlace: 'Adam7' })).samples).toEqual(data);
    const packed = encode({ width: 8, height: 1, channels: 1, depth: 1, data: Uint8Array.of(1) });
    packed[28] = 1; // IHDR's interlace method
    expect(() => open(packed)).toThrow(
      'the picture must not be interlaced below 8 bits per sample, got "a.png", which is, with 1',
    );
  });

  it('reads out of a larger buffer', () => {
    const png = encode({ width: 2, height: 1, channels: 1, data: Uint8Array.of(5, 6) });
    const larger = Buffer.concat([Buffer.from('before'), png, Buffer.from('after')]);
    expect([...open(larger.subarray(6, 6 + png.length)).samples]).toEqual([5, 6]);
  });

  it('refuses a file cut short anywhere', () => {
    const png = encode({ width: 5, height: 3, channels: 3, data: someBytes(45) });
    const read = [...png.keys()].filter((length) => succeeds(() => open(png.subarray(0, length))));
    expect(read).toEqual([]);
  });

  it('refuses a file with any one byte damaged', () => {
    const png = encode({ width: 5, height: 3, channels: 3, data: someBytes(45) });
    const read = [...png.keys()].filter((at) => {
      const damaged = png.slice();
      damaged[at]! ^= 0x10;
      return succeeds(() => open(damaged));
    });
    expect(read).toEqual([]);
  });
});

describe('encodePicture', () => {
  it('writes back every kind of picture that decodePicture reads', () => {
    for (const channels of [1, 2, 3, 4]) {
      const image = { width: 5, height: 3, channels, data: someBytes(15 * channels) };
      expect(decode(encodePicture(open(encode(image))))).toMatchObject(image);
    }
  });

  it('keeps the pixels of the photograph', () => {
    const file = readFileSync('demo/photo/chelsea.png');
    const pixels = (png: Uint8Array) => Buffer.from(decode(png).data);
    expect(pixels(encodePicture(open(file))).equals(pixels(file))).toBe(true);
  });
});

function succeeds(call: () => unknown): boolean {
  try {
    call();
    return true;
  } catch {
    return false;
  }
}
