import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, encode } from 'fast-png';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFlags } from '../../demo/photo/flags.js';
import { perform, prepare } from '../../demo/photo/job.js';
import { encodeWithKey, someBytes } from './png.js';
import { CLASSIC, compare, moments, normals, philox, TIE } from './recipe.js';
import { type Ended, folderOf, listing, start } from './start.js';

const photo = readFileSync('demo/photo/chelsea.png');
const original = decode(photo);

describe('npm start', () => {
  let ended: Ended;
  beforeAll(async () => {
    ended = await start('.', []);
  });

  it('is judged by the published Philox4x32-10', () => {
    // Random123's known answers (kat_vectors): all zeros, all ones
    expect(philox(0n, 0n, 0n)).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    const ones = 2n ** 64n - 1n;
    expect(philox(ones, ones, ones)).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
  });

  it('writes clip(image + randn * 50, 0, 255), every pixel of it', () => {
    expect(ended.code).toBe(0);
    const noisy = decode(readFileSync('out/noisy.png'));
    expect(noisy).toMatchObject({ width: 451, height: 300, channels: 3, depth: 8 });
    const { wrong, ties } = compare(original.data, noisy.data, CLASSIC);
    expect(wrong).toEqual([]);
    // No more than there are values so close to a tie.
    expect(ties).toBeLessThan(2 * TIE * original.data.length);
  });

  it('puts the original left and the noisy picture right in compare.png', () => {
    const noisy = decode(readFileSync('out/noisy.png'));
    const both = decode(readFileSync('out/compare.png'));
    const bytes = Uint8Array.from(both.data);
    const gap = both.width - 2 * 451;
    expect(both).toMatchObject({ height: 300, channels: 3 });
    expect(gap).toBe(8);
    const columns = (from: number, width: number) => {
      const starts = Array.from({ length: 300 }, (_, y) => 3 * (y * both.width + from));
      return Buffer.concat(starts.map((at) => bytes.subarray(at, at + 3 * width)));
    };
    expect(columns(0, 451).equals(Uint8Array.from(original.data))).toBe(true);
    expect(columns(451, gap).every((value) => value === 255)).toBe(true);
    expect(columns(451 + gap, 451).equals(Uint8Array.from(noisy.data))).toBe(true);
  });

  it('tells adapter, picture, speed, residual, files and what to do next', () => {
    expect(ended.stdout).toMatch(/^Adapter +\S/);
    expect(ended.stdout).toContain('chelsea.png, 451 × 300, RGB, 405,900 elements');
    expect(ended.stdout).toMatch(/Speed +[\d.]+ (thousand|million|billion) elements per second/);
    const noisy = decode(readFileSync('out/noisy.png'));
    const z = normals(CLASSIC.seed, CLASSIC.stream, original.data.length);
    const words = ({ mean, std }: ReturnType<typeof moments>) =>
      `mean ${mean.toFixed(3)}, std ${std.toFixed(3)}`;
    expect(ended.stdout).toContain(`before clipping  ${words(moments(z.map((z) => 50 * z)))}`);
    const after = moments(Array.from(noisy.data, (byte, i) => byte - original.data[i]!));
    expect(ended.stdout).toContain(`after clipping   ${words(after)}`);
    expect(ended.stdout).toContain(join('out', 'noisy.png'));
    expect(ended.stdout).toContain(join('out', 'compare.png'));
    expect(ended.stdout).toContain('npm start -- photo.png --std 25 --seed 7');
  });

  it('makes the picture that the README shows', () => {
    const shown = decode(readFileSync('demo/photo/noisy.png'));
    expect(decode(readFileSync('out/noisy.png')).data).toEqual(shown.data);
  });

  it('says in one sentence that the machine has no adapter', async () => {
    const folder = folderOf({});
    const noGPU = { VK_DRIVER_FILES: '/dev/null', VK_ICD_FILENAMES: '/dev/null' };
    const nowhere = { XDG_CACHE_HOME: '/dev/null', HOME: '/dev/null', TMPDIR: '/dev/null' };
    const { code, stderr } = await start(folder, ['--out', 'new/x.png'], {
      ...noGPU,
      ...nowhere,
    });
    expect(code).toBe(1);
    expect(stderr.filter((line) => line.startsWith('npm start: '))).toHaveLength(1);
    expect(stderr.at(-1)).toMatch(/^npm start: requestDevice: a folder must be writable/);
    expect(listing(folder)).toEqual([]);
  });

  it('prints its usage', async () => {
    const { code, stdout, stderr } = await start('.', ['--help', '--nonsense']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
    for (const flag of ['std', 'mean', 'clip', 'seed', 'stream', 'out', 'help']) {
      expect(stdout).toContain(`--${flag}`);
    }
  });
});

/** Odd sizes, so that neither rows nor the whole are whole words. */
const size = { width: 7, height: 5 };
const palette = Array.from(someBytes(16), (value, i) => [value, 255 - value, 16 * i]);
const indices = someBytes(35).map((value) => value % 16);
const transparent = palette.map((colour, i) => [...colour, Math.min(20 * i, 255)]);

const kinds = [
  { kind: 'grey', channels: 1, png: encode({ ...size, channels: 1, data: someBytes(35) }) },
  {
    kind: 'grey and alpha',
    channels: 2,
    png: encode({ ...size, channels: 2, data: someBytes(70) }),
  },
  {
    kind: 'RGB with a transparent colour',
    channels: 4,
    png: encodeWithKey({ ...size, channels: 3, data: someBytes(105) }, [...someBytes(3)]),
    pixels: someBytes(105),
    alphas: Uint8Array.from({ length: 35 }, (_, i) => (i === 0 ? 0 : 255)),
  },
  { kind: 'RGBA', channels: 4, png: encode({ ...size, channels: 4, data: someBytes(140) }) },
  {
    kind: 'palette',
    channels: 3,
    png: encode({ ...size, channels: 1, palette, data: indices }),
    pixels: Uint8Array.from([...indices].flatMap((i) => palette[i]!)),
  },
  {
    kind: 'palette and alpha',
    channels: 4,
    png: encode({ ...size, channels: 1, palette: transparent, data: indices }),
    pixels: Uint8Array.from([...indices].flatMap((i) => palette[i]!)),
    alphas: indices.map((i) => transparent[i]![3]!),
  },
];

/** The same settings as flags and as a recipe. */
const line = '--seed 18446744073709551614 --stream 4294967297 --mean -5 --std 25 --clip 9.5 200';
const recipe = {
  seed: 2n ** 64n - 2n,
  stream: 2n ** 32n + 1n,
  mean: -5,
  std: 25,
  clip: [9.5, 200],
} as const;

describe('npm start -- photo.png', () => {
  it.each(kinds)('adds noise to a PNG of kind: $kind', async (given) => {
    const { channels, png } = given;
    const folder = folderOf({ 'photo.png': png });
    const flags = readFlags(['photo.png', ...line.split(' '), '--out', 'new/folder/x.png']);
    expect(await perform(prepare(flags, folder))).toContain('photo.png, 7 × 5');
    expect(listing(folder)).toEqual([
      'new',
      'new/folder',
      'new/folder/compare.png',
      'new/folder/x.png',
      'photo.png',
    ]);

    const noisy = decode(readFileSync(join(folder, 'new/folder/x.png')));
    expect(noisy).toMatchObject({ ...size, channels, depth: 8 });
    const colours = channels < 3 ? 1 : 3;
    const source = decode(png).data;
    const { pixels = pick(source, channels, 0, colours) } = given;
    expect(compare(pixels, pick(noisy.data, channels, 0, colours), recipe).wrong).toEqual([]);
    const { alphas = pick(source, channels, colours, channels) } = given;
    expect(pick(noisy.data, channels, colours, channels)).toEqual(alphas);
    const both = decode(readFileSync(join(folder, 'new/folder/compare.png')));
    expect(both).toMatchObject({ width: 7 + 8 + 7, height: 5, channels });
  });
});

/** Channels `from` to `to` − 1 of interleaved samples. */
function pick(data: ArrayLike<number>, channels: number, from: number, to: number): Uint8Array {
  const wanted = (i: number) => i % channels >= from && i % channels < to;
  return Uint8Array.from(Array.from(data).filter((_, i) => wanted(i)));
}

const grey = { ...size, channels: 1 };
const files = {
  'photo.png': encode({ ...size, channels: 3, data: someBytes(105) }),
  'other.png': kinds[0]!.png,
  'text.png': 'not a picture',
  'cut.png': photo.subarray(0, 100_000),
  'damaged.png': Buffer.from(photo).fill(0, 100_000, 100_001),
  'deep.png': encode({ ...grey, depth: 16, data: new Uint16Array(35) }),
};

const refused = [
  ['missing.png', 'the picture must be a file that can be read, got "missing.png" (ENOENT'],
  ['.', 'the picture must be a file that can be read, got "." (EISDIR'],
  ['text.png', 'the picture must be a PNG file, got "text.png", which is none'],
  ['cut.png', 'the picture must be a whole PNG file, got "cut.png", which is cut short or damaged'],
  ['damaged.png', 'must be a whole PNG file, got "damaged.png", which is cut short or damaged'],
  ['deep.png', 'the picture must have at most 8 bits per sample, got "deep.png", which has 16'],
  ['photo.png --std -1', '--std must be a finite number ≥ 0, got "-1"'],
  ['photo.png --out x.jpg', '--out must end in .png, got '],
  ['photo.png --out new/compare.png', '--out must not be compare.png, which is written beside it'],
  ['photo.png --out text.png/x.png', '--out must be in a folder, not in a file, got '],
  ['photo.png --out photo.png', '--out must not overwrite the picture, got '],
] as const;

const badFlags = [
  ['photo.png other.png', 'there must be one picture, got "photo.png" and "other.png"'],
  ['photo.png --std NaN', '--std must be a finite number ≥ 0, got "NaN"'],
  ['photo.png --std', '--std must be followed by a value, got none'],
  ['photo.png --mean 1e39', '--mean must be a finite number, got "1e39"'],
  ['photo.png --clip 255 0', '--clip must be two numbers, min ≤ max, got "255,0"'],
  ['photo.png --clip 0', '--clip must be two numbers, min ≤ max, got "0"'],
  ['photo.png --seed -1', '--seed must be a whole number from 0 to 2^64 - 1, got "-1"'],
  [
    'photo.png --seed 18446744073709551616',
    '--seed must be a whole number from 0 to 2^64 - 1, got "18446744073709551616"',
  ],
  ['photo.png --stream 0.5', '--stream must be a whole number from 0 to 2^64 - 1, got "0.5"'],
  ['photo.png --sigma 3', 'a flag must be one of --std, --mean, --clip, --seed, --stream, --out'],
] as const;

describe('npm start, asked for the impossible', () => {
  it.each(badFlags)('finds what is wrong with %s before it looks at a file', (line, sentence) => {
    expect(() => readFlags(line.split(' '))).toThrow(sentence);
  });

  it.each(refused)('refuses %s before it writes anything', (line, sentence) => {
    const folder = folderOf(files);
    const args = line.split(' ');
    const out = args.includes('--out') ? [] : ['--out', 'new/x.png'];
    const refusal = () => prepare(readFlags([...out, ...args]), folder);
    expect(refusal).toThrow(RangeError);
    expect(refusal).toThrow(sentence);
    expect(refusal).not.toThrow('\n');
    expect(listing(folder)).toEqual(Object.keys(files).sort());
  });

  it('ends with 2 and one sentence, and looks for paths where the shell is, as npm tells it', async () => {
    const folder = folderOf(files);
    const where = { INIT_CWD: folder };
    const { code, stdout, stderr } = await start('.', ['photo.png', '--out', 'photo.png'], where);
    const got = JSON.stringify(join(folder, 'photo.png'));
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: [`npm start: --out must not overwrite the picture, got ${got}`],
    });
    expect(listing(folder)).toEqual(Object.keys(files).sort());
  });
});
