import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import library from '../vite.config.js';
import { buildSite, siteFolder } from './browser/site.js';

const KB = 1000; // bytes

describe('the library', () => {
  it('takes at most 44 KB where all of it is used, minified and compressed', async () => {
    const { output } = (await build({
      configFile: false,
      logLevel: 'error',
      resolve: library.resolve,
      plugins: library.plugins ?? [],
      build: {
        write: false,
        minify: true,
        target: 'es2022',
        rolldownOptions: {
          input: resolve('src/index.ts'),
          preserveEntrySignatures: 'strict',
        },
      },
    })) as Rolldown.RolldownOutput;
    const chunks = output.filter((each) => each.type === 'chunk');
    const bytes = gzipSync(chunks.map(({ code }) => code).join('')).length;
    // 42.6 KB when this was written, 12 KB of them shaders.
    expect(bytes).toBeLessThan(44 * KB);
  });
});

describe('the demo site', () => {
  beforeAll(buildSite);

  // What a page loads when it is asked for more is not counted: plots, and the framework of the recipes.
  it('has pages of at most 150 KB of compressed code', () => {
    const pages = readdirSync(siteFolder).filter((name) => name.endsWith('.html'));
    expect(pages).toContain('index.html');
    for (const page of pages) {
      const html = readFileSync(join(siteFolder, page), 'utf8');
      const scripts = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map(
        ([, path]) => path!,
      );
      expect(scripts.length).toBeGreaterThan(0);
      const sizes = scripts.map((path) => gzipSync(readFileSync(join(siteFolder, path))).length);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150 * KB);
    }
  });
});
