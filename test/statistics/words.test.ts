import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { bits, normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { normalTail } from '../gamma.js';
import { testDevice } from '../gpu/device.js';
import { CHUNK, type OrderName, orders } from './orders.js';
import { quantile } from './quantiles.js';
import { uniformsOf } from './uniforms.js';
import { drawWords } from './words.js';

const { device } = await testDevice();

const FROM = { seed: 7n, stream: 3n, position: 5n * 2n ** 20n };

/** Word `index` of a stream, by the reference. */
function word(at: { seed?: bigint; stream?: bigint; position: bigint }): number {
  const one = new Uint32Array(1);
  createReferenceEngine()
    .chain([bits()], { format: 'u32' })
    .run(one, { at: { ...FROM, ...at } });
  return one[0]!;
}

/** Where the word at a place of the stream of words is drawn. */
const drawn: Record<OrderName, (place: number) => Parameters<typeof word>[0]> = {
  long: (place) => ({ position: FROM.position + BigInt(place) }),
  transposed(place) {
    const [block, rest] = [Math.floor(place / CHUNK), place % CHUNK];
    const within = (rest % 1024) * 1024 + Math.floor(rest / 1024);
    return { position: FROM.position + BigInt(block * CHUNK + within) };
  },
  seeds: (place) => ({
    seed: FROM.seed + BigInt(place % 256),
    position: FROM.position + BigInt(Math.floor(place / 256)),
  }),
  streams: (place) => ({
    stream: FROM.stream + BigInt(place % 256),
    position: FROM.position + BigInt(Math.floor(place / 256)),
  }),
  counting: (place) => ({
    seed: FROM.seed + FROM.position / 1024n + BigInt(Math.floor(place / 1024)),
    position: BigInt(place % 1024),
  }),
};

describe('words', () => {
  it.each(Object.keys(orders) as OrderName[])('lie where they should: %s', async (order) => {
    let start = 0;
    for await (const chunk of drawWords(device, {
      source: 'words',
      order,
      from: FROM,
      rounds: 10,
    })) {
      expect(chunk.length).toBe(CHUNK);
      for (const place of [0, 1, 2, 255, 256, 1023, 1024, 54_321, CHUNK - 1]) {
        expect(chunk[place]).toBe(word(drawn[order](start + place)));
      }
      start += CHUNK;
      if (start === 2 * CHUNK) break;
    }
  });
});

describe('normals as uniforms', () => {
  it('are the upper half of 32 bits of their distribution function', () => {
    const normals = new Float32Array(2 ** 16);
    createReferenceEngine({ seed: 3 }).chain([normal()]).run(normals);
    normals.set([-6.7637, -4, -1e-12, 1e-12, 4, 6.7637]);
    const halves = Array.from(uniformsOf(normals), (pair) => [pair >>> 16, pair & 0xffff]).flat();
    for (const [i, half] of halves.entries()) {
      // A cell ends within half a step of f32 of where it should, 2^-26 of Φ at most.
      const share = 2 ** 16 * (1 - normalTail(normals[i]!));
      expect(Math.abs(share - 0.5 - half)).toBeLessThan(0.5 + 2 ** -9);
    }
    expect(halves.slice(0, 6)).toEqual([0, 2, 32767, 32768, 65533, 65535]);
  });

  it('have quantiles that their distribution function takes back', () => {
    for (const share of [1e-9, 0.001, 0.3, 0.5, 0.7, 0.999]) {
      expect(normalTail(-quantile(share)) / share).toBeCloseTo(1, 11);
    }
  });
});

describe('stream.mjs', () => {
  const stream = (...args: string[]) =>
    spawnSync(process.execPath, ['test/statistics/stream.mjs', ...args], { maxBuffer: 2 ** 26 });

  it('writes the bytes of the words that are asked for', () => {
    const { status, stdout } = stream('--seed', '7', '--stream', '3', '--bytes', '4194312');
    expect(status).toBe(0);
    expect(stdout.length).toBe(4_194_312);
    for (const place of [0, 1_048_576, 1_048_577]) {
      expect(stdout.readUInt32LE(4 * place)).toBe(word({ position: BigInt(place) }));
    }
  });

  it('ends by itself when its reader has enough', () => {
    const command = `${process.execPath} test/statistics/stream.mjs | head -c 5000000 | wc -c`;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect([status, stdout.trim(), stderr]).toEqual([
      0,
      '5000000',
      expect.not.stringContaining('EPIPE'),
    ]);
  });

  it('refuses what it cannot do in one sentence', () => {
    const { status, stdout, stderr } = stream('--order', 'short');
    expect(status).toBe(2);
    expect(stdout.length).toBe(0);
    const names = 'long, transposed, seeds, streams, counting';
    expect(String(stderr)).toBe(`stream: --order must be one of ${names}, got "short"\n`);
  });

  it('ends at Ctrl-C without a word', async () => {
    const child = spawn(process.execPath, ['test/statistics/stream.mjs']);
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    const ended = once(child, 'close');
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    child.stdout.resume();
    expect(await ended).toEqual([0, null]);
    expect(said).not.toContain('Error');
  });
});
