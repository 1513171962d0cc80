import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The package's entries: the name users import, and the file behind it. */
const entries = {
  index: here('src/index.ts'),
  wgsl: here('src/wgsl.ts'),
  'reference/index': here('src/reference/index.ts'),
  'node/index': here('src/node/index.ts'),
};

export default defineConfig({
  resolve: {
    alias: [
      { find: /^webgpu-noise$/, replacement: entries.index },
      { find: /^webgpu-noise\/wgsl$/, replacement: entries.wgsl },
      { find: /^webgpu-noise\/reference$/, replacement: entries['reference/index'] },
      { find: /^webgpu-noise\/node$/, replacement: entries['node/index'] },
    ],
  },
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    lib: { entry: entries, formats: ['es'] },
    rolldownOptions: { external: [/^node:/, 'webgpu', 'tar-fs'] },
  },
  test: {
    include: ['test/**/*.test.ts'],
    // One device at a time: the software adapter takes all the cores there are.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
