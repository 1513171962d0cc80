// Starts main.ts through Vite, which knows TypeScript, the project's aliases and `?raw` imports.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const root = path('../..');
const config = await runnerImport(path('../../vite.config.ts'), { root, logLevel: 'silent' });
// All the work is done while main.ts is imported: afterwards Vite's runner is closed.
const options = { ...config.module.default, root, logLevel: 'silent' };
const { module } = await runnerImport(path('main.ts'), options);
process.exit(module.exitCode); // the framework keeps its GPU
