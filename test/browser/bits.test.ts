import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { createCPUProver } from '../../demo/bits/cpu.js';
import { BLOCK, BLOCKS, hex, OPS, placeOf, wholeHash } from '../../demo/bits/proof.js';
import { table } from '../table/library.js';
import {
  checkTable,
  keepDevices,
  loseGPU,
  removeWebGPU,
  restart,
  testBrowser,
  textOf,
  waitForText,
} from './browser.js';

const site = testBrowser();
const committed: { hash: string; blocks: string[] } = JSON.parse(
  readFileSync('demo/bits/hashes.json', 'utf8'),
);

describe('the committed hashes', () => {
  it('are those of the CPU reference, in the blocks that are computed again', async () => {
    const prover = createCPUProver();
    for (const block of [0, 1, 100, 254, 255]) {
      const hashes = await prover.hashes(block);
      expect(hashes.map(hex)).toEqual([committed.blocks[block]]);
    }
  });

  it('are together the hash of all', () => {
    expect(committed.blocks).toHaveLength(BLOCKS);
    const hashes = committed.blocks.map((block) => Number.parseInt(block, 16));
    expect(hex(wholeHash(hashes))).toBe(committed.hash);
  });
});

describe('the page that proves the same bits', () => {
  it('finds all 2^24 numbers the same on this GPU', async () => {
    const page = await site.open('bits.html');
    await page.waitForSelector('#run:enabled');
    await page.click('#run');
    const verdict = await waitForText(page, '#verdict', /same/i);
    expect(verdict).toBe('All 16,777,216 numbers are the same, bit for bit, on google swiftshader');
    expect(await textOf(page, '#computed')).toBe(committed.hash);
    expect(await page.$$('.blocks .same')).toHaveLength(BLOCKS);
  });

  it('names the first number that differs on a GPU with other bits', async () => {
    const page = await site.open('bits.html', {
      before: () => {
        const { createShaderModule } = GPUDevice.prototype;
        GPUDevice.prototype.createShaderModule = function (descriptor) {
          const sum = 'float_add(float_multiply(x, scale), shift)';
          const wrong = `${sum} + select(vec4f(), vec4f(1), x < vec4f(-1.2))`;
          const code = descriptor.code.replace(sum, wrong);
          return createShaderModule.call(this, { ...descriptor, code });
        };
      },
    });
    await page.waitForSelector('#run:enabled');
    await page.click('#run');
    const verdict = await waitForText(page, '#verdict', /must be/);
    const normals = new Float32Array(BLOCK);
    createReferenceEngine()
      .chain([OPS[0]!])
      .run(normals, { at: placeOf(0) });
    const first = normals.findIndex((x) => x < -1.2).toLocaleString('en-US');
    expect(verdict).toContain(
      `Not the same on google swiftshader: number ${first} must be 0xbfc00000 (-1.5), got 0x`,
    );
    expect(await textOf(page, '#computed')).not.toBe(committed.hash);
  });

  it('can be stopped, and started again', async () => {
    const page = await site.open('bits.html');
    await page.waitForSelector('#run:enabled');
    await page.evaluate(() => {
      document.getElementById('run')!.click();
      document.getElementById('stop')!.click();
    });
    const verdict = await waitForText(page, '#verdict', /Stopped/);
    expect(verdict).toBe('Stopped after 16 of 256 blocks');
    await page.click('#run');
    await waitForText(page, '#verdict', /same, bit for bit/);
  });

  it('says when the GPU is lost, and goes on after a restart', async () => {
    const page = await site.open('bits.html', { before: keepDevices });
    await page.waitForSelector('#run:enabled');
    await loseGPU(page);
    await restart(page);
    await page.waitForSelector('#run:enabled');
    await page.click('#run');
    await waitForText(page, '#verdict', /same, bit for bit/);
  });

  it('checks the table op by op, until it is stopped', async () => {
    const page = await site.open('bits.html');
    const rows = table.groups.flatMap((group) => group.rows);
    const row = 9;
    const verdict = await checkTable(page, `#matrix tbody tr:nth-child(${row}) .same`);
    const all = rows.flatMap(({ hashes }) => Object.keys(hashes)).length;
    const [, count] = /^Stopped after (\d+) of (\d+) cells, all of them the same$/.exec(verdict)!;
    expect(Number(count)).toBeGreaterThanOrEqual(row);
    expect(verdict).toContain(` of ${all} cells`);
    expect(await page.$$('#matrix .same')).toHaveLength(Number(count));
    expect(await page.$$('#matrix tbody tr')).toHaveLength(rows.length);
  });

  it('names the first cell of the table that a GPU computes otherwise', async () => {
    const page = await site.open('bits.html', {
      before: () => {
        const { createShaderModule } = GPUDevice.prototype;
        GPUDevice.prototype.createShaderModule = function (descriptor) {
          const code = descriptor.code.replace('(high - low) * u', '(high - low) * u * 1.01f');
          return createShaderModule.call(this, { ...descriptor, code });
        };
      },
    });
    await page.waitForSelector('#run-table:enabled');
    await page.click('#run-table');
    await page.waitForSelector('#matrix .different');
    await page.click('#stop-table');
    const verdict = await waitForText(page, '#table-verdict', /must be/);
    expect(verdict).toMatch(
      /^\d+ of \d+ cells are not the same on google swiftshader: uniform in u8 truncate: element \d+ of the run at seed \d+, stream \d+, position \d+ must be 0x/,
    );
  });

  it('lets the processor compute without WebGPU, and says what to do', async () => {
    const page = await site.open('bits.html', { before: removeWebGPU });
    expect(await waitForText(page, '.notice', /WebGPU/)).toMatch(/use a current/);
    await page.waitForSelector('#run:enabled');
    await page.click('#run');
    await page.waitForSelector('.blocks .same:nth-child(3)');
    await page.click('#stop');
    await waitForText(page, '#verdict', /Stopped after \d+ of 256 blocks/);
    expect(await page.$$('.blocks .different')).toHaveLength(0);
    expect(await page.$$('#run-table:enabled')).toHaveLength(0);
  });
});
