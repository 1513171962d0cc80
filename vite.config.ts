import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The package's entries: the name users import, and the file behind it. */
const entries = {
  index: here('src/index.ts'),
  wgsl: here('src/wgsl.ts'),
  'reference/index': here('src/reference/index.ts'),
  'node/index': here('src/node/index.ts'),
  'tfjs/index': here('src/tfjs/index.ts'),
  'onnxruntime/index': here('src/onnxruntime/index.ts'),
  'jax/index': here('src/jax/index.ts'),
};

/**
 * Takes the comments out of WGSL files that are imported as text: half of their bytes, which only readers
 * of the source need. Lines keep their numbers, for the compiler's messages.
 */
function bareWGSL(): Plugin {
  return {
    name: 'bare-wgsl',
    enforce: 'pre',
    async load(id) {
      const [path, query] = id.split('?');
      if (query !== 'raw' || !path!.endsWith('.wgsl')) return null;
      const text = (await readFile(path!, 'utf8')).replace(/[ \t]*\/\/.*/g, '');
      return `export default ${JSON.stringify(text)};`;
    },
  };
}

export default defineConfig({
  plugins: [bareWGSL()],
  resolve: {
    alias: [
      { find: /^webgpu-noise$/, replacement: entries.index },
      { find: /^webgpu-noise\/wgsl$/, replacement: entries.wgsl },
      { find: /^webgpu-noise\/reference$/, replacement: entries['reference/index'] },
      { find: /^webgpu-noise\/node$/, replacement: entries['node/index'] },
      { find: /^webgpu-noise\/tfjs$/, replacement: entries['tfjs/index'] },
      { find: /^webgpu-noise\/onnxruntime$/, replacement: entries['onnxruntime/index'] },
      { find: /^webgpu-noise\/jax$/, replacement: entries['jax/index'] },
    ],
  },
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    lib: { entry: entries, formats: ['es'] },
    rolldownOptions: {
      external: [/^node:/, /^@tensorflow\//, /^onnxruntime-web/, '@jax-js/jax', 'webgpu', 'tar-fs'],
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/polling.ts'],
    // One device at a time: the software adapter takes all the cores there are.
    fileParallelism: false,
    // Ten times what the longest takes on two idle cores.
    testTimeout: 600_000,
    hookTimeout: 300_000,
  },
});
