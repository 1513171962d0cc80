// Loads TypeScript through Vite, which knows the project's aliases and `?raw` imports.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const root = path('../..');

/** Runs a module. What it has to do it does while it loads: later, nothing more can be imported. */
export async function load(name) {
  const config = await runnerImport(path('../../vite.config.ts'), { root, logLevel: 'silent' });
  const options = { ...config.module.default, root, logLevel: 'silent' };
  await runnerImport(path(name), options);
}
