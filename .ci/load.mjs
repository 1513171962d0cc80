// Loads TypeScript through Vite, which knows the project's aliases and `?raw` imports.
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const quiet = { root, logLevel: 'silent' };

/**
 * Runs a module. What it has to do it does while it loads: afterwards Vite's runner is closed, and nothing
 * more can be imported.
 *
 * @param name of the file, beside the module with the address `from`
 * @returns what it exports
 */
export async function load(name, from) {
  const { runnerImport } = await import('vite');
  const path = (relative, base) => fileURLToPath(new URL(relative, base));
  const config = await runnerImport(path('../vite.config.ts', import.meta.url), quiet);
  const options = { ...config.module.default, ...quiet };
  const { module } = await runnerImport(path(name, from), options);
  return module;
}
