// Starts train.ts through Vite, which knows TypeScript, the project's aliases and `?raw` imports.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const root = path('../..');
const config = await runnerImport(path('../../vite.config.ts'), { root, logLevel: 'silent' });
await runnerImport(path('train.ts'), { ...config.module.default, root, logLevel: 'silent' });
