import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import library from '../vite.config.js';
import { layout } from './layout/plugin.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The pages, as files of the site. */
const pages = ['index', 'bits', 'distribution', 'weights', 'sound', 'recipes', 'bench'];

export default defineConfig({
  root: here('.'),
  // Addresses relative to the page: the site works from any folder of any server.
  base: './',
  resolve: library.resolve,
  plugins: [...(library.plugins ?? []), layout()],
  build: {
    target: 'es2022',
    outDir: here('../out/site'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 800, // of the framework that recipes load
    rolldownOptions: {
      input: Object.fromEntries(pages.map((page) => [page, here(`${page}.html`)])),
    },
  },
});
