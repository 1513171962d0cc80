import { afterEach, describe, expect, it, vi } from 'vitest';
import { requestDevice } from 'webgpu-noise/node';
import { runInDeno } from '../wgpu/run.js';
import { type Checked, cellsOf, checkCells, checkPart, FEATURES } from './check.mjs';
import { readFlags } from './flags.js';
import { library, table } from './library.js';
import { runtimes } from './runtimes.js';
import { verify } from './verify.js';

/** The one cell of a table. */
const cell = (name: string, column: string) =>
  cellsOf(table).filter((each) => each.row.name === name && each.column === column);

async function check(device: GPUDevice, cells: ReturnType<typeof cell>): Promise<Checked[]> {
  const all: Checked[] = [];
  for await (const one of checkCells(device, library, cells)) all.push(one);
  return all;
}

describe('a check of the table', () => {
  const devices: GPUDevice[] = [];
  afterEach(() => {
    for (const device of devices.splice(0)) device.destroy();
  });

  /** A device whose shaders are written otherwise. */
  async function changed(right: string, wrong: string): Promise<GPUDevice> {
    const device = await requestDevice();
    devices.push(device);
    const create = device.createShaderModule.bind(device);
    vi.spyOn(device, 'createShaderModule').mockImplementation((descriptor) => {
      expect(descriptor.code).toContain(right);
      return create({ ...descriptor, code: descriptor.code.replace(right, wrong) });
    });
    return device;
  }

  it('finds nothing wrong on Dawn, in a part of the table', async () => {
    const device = await requestDevice({ requiredFeatures: FEATURES });
    devices.push(device);
    const { checked, errors } = await checkPart(device, library, table, [3, 60]);
    expect(errors).toEqual([]);
    expect(checked.filter(({ difference, missing }) => difference || missing)).toEqual([]);
    expect(checked).toHaveLength(7);
  });

  it('is not made by a software adapter where a GPU is wanted', async () => {
    expect(await runInDeno('test/table/deno.mjs', ['[1,60]', '--hardware'])).toBeNull();
  });

  it('tells what is not there on a device without a feature', async () => {
    const device = await requestDevice();
    devices.push(device);
    const cells = ['bgra8unorm', 'rgba8unorm'].flatMap((texture) =>
      cell(`normal, ${texture}`, 'u8'),
    );
    expect(await check(device, cells)).toEqual([
      { name: 'normal, bgra8unorm', column: 'u8', missing: 'bgra8unorm-storage' },
      { name: 'normal, rgba8unorm', column: 'u8' },
    ]);
  });

  it('finds one flipped bit, and tells where', async () => {
    const flipped = 'bitcast<vec4f>(bitcast<vec4u>(x) ^ vec4u(0u, 1u, 0u, 0u))';
    const device = await changed(
      'format_store(quad, chain_quad(quad));',
      `let x = chain_quad(quad); format_store(quad, select(x, ${flipped}, quad == 3u));`,
    );
    const [found] = await check(device, cell('noise', 'f32'));
    const sentence =
      /^element 13 of the run at seed 0, stream 0, position 0 must be 0x(\w{8}), got 0x(\w{8})$/;
    const [, must, got] = sentence.exec(found!.difference!)!;
    expect(Number.parseInt(must!, 16) ^ Number.parseInt(got!, 16)).toBe(1);
  });

  it('finds a byte that is written beside a range', async () => {
    const device = await changed('(element >= begin)', '(element >= begin - vec4i(1))');
    const [found] = await check(device, cell('noise', 'u8'));
    // Of the first run that does not begin with its word.
    expect(found!.difference).toMatch(/^element -1 of the run at seed 42, stream 7, position 0 /);
  });

  it('finds pixels that are stored beside where they belong', async () => {
    const device = await changed(
      'textureStore(texture_target, texture_place(pixel, ',
      'textureStore(texture_target, texture_place(pixel ^ 1u, ',
    );
    const [found] = await check(device, cell('noise + clip, rgba8unorm', 'u8'));
    expect(found!.difference).toMatch(
      /^element 0 of the run at seed 0, stream 0, position 0 must be /,
    );
  });

  it('tells a wrong table from a wrong device', async () => {
    const device = await requestDevice();
    devices.push(device);
    const [one] = cell('clip', 'i8');
    const hashes = {
      i8: one!.row.hashes.i8!.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
    };
    const [found] = await check(device, [{ ...one!, row: { ...one!.row, hashes } }]);
    expect(found!.difference).toBe(
      'other hashes than the table, but the bits of the CPU reference',
    );
  });
});

describe('npm run verify', () => {
  it('prints a matrix of chains and of what npm alone gives, in a part that all find the same', async () => {
    const lines: string[] = [];
    const say = (line: string) => lines.push(line);
    const only = ['dawn', 'chromium', 'deno'] as const;
    expect(await verify({ only, part: [1, 60], say })).toBe(true);
    const text = lines.join('\n');
    expect(text).toMatch(/^Dawn in Node: 7 cells in [\d.]+ s, on .+$/m);
    expect(text).toMatch(/^Chromium: 7 cells in /m);
    expect(text).toMatch(/^wgpu in Deno, SwiftShader: 7 cells in [\d.]+ s, on .*swiftshader/im);
    expect(text).toMatch(/^ +dawn +chromium +deno$/m);
    expect(text).toMatch(/^normal +···✓······ +···✓······ +···✓······$/m);
    expect(text).toMatch(/^clip +·········· /m);
    expect(lines.at(-1)).toBe('The same bits in all 21 cells.');
  });

  it('tells what is not there, what differs and what ended early, and fails', async () => {
    const lines: string[] = [];
    const spy = {
      dawn: vi.spyOn(runtimes, 'dawn').mockResolvedValue({
        adapter: 'a GPU',
        checked: [
          { name: 'clip', column: 'u8', difference: 'element 1 must be 0x01, got 0x00' },
          { name: 'normal, bgra8unorm', column: 'u8', missing: 'bgra8unorm-storage' },
        ],
        errors: [],
      }),
      deno: vi.spyOn(runtimes, 'deno').mockRejectedValue(new Error('it died\nof this')),
      firefox: vi.spyOn(runtimes, 'firefox').mockResolvedValue('it is not installed'),
    };
    const say = (line: string) => lines.push(line);
    const right = await verify({ only: ['dawn', 'deno', 'firefox'], say });
    for (const each of Object.values(spy)) each.mockRestore();
    expect(right).toBe(false);
    const text = lines.join('\n');
    expect(text).toContain('Firefox: not checked, since it is not installed');
    expect(text).toMatch(/^clip +····✗····· +··········$/m);
    expect(text).toMatch(/^normal, bgra8unorm +····–····· /m);
    expect(text).toContain(
      'Dawn in Node: 1 not there, since the device lacks "bgra8unorm-storage"',
    );
    expect(text).toContain('Dawn in Node: clip in u8: element 1 must be 0x01, got 0x00');
    expect(text).toContain('wgpu in Deno, SwiftShader: Error: it died');
    expect(text).not.toContain('The same bits');
  });

  it.each([
    [
      ['--only', 'dawn,safari'],
      '--only must be one of dawn, chromium, deno, firefox, lavapipe, gpu, got "safari"',
    ],
    [['--part', '3/2'], '--part must be K/N with 1 ≤ K ≤ N, got "3/2"'],
    [['--part', '0/2'], '--part must be K/N'],
    [['--fast'], 'a flag must be one of --only, --part, --write, --help, got --fast'],
  ])('refuses %j in one sentence', (args, sentence) => {
    expect(() => readFlags(args)).toThrow(sentence);
  });

  it('takes a part and runtimes', () => {
    const flags = { write: false, help: false };
    expect(readFlags(['--only', 'deno,firefox', '--part', '2/3'])).toEqual({
      ...flags,
      only: ['deno', 'firefox'],
      part: [2, 3],
    });
    expect(readFlags([])).toEqual({ ...flags, only: undefined, part: undefined });
  });
});
