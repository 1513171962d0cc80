// `npm run verify`: starts main.ts through Vite, which knows TypeScript, the project's aliases and `?raw`
// imports. All the work is done while main.ts is imported: afterwards Vite's runner is closed.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const root = path('../..');
const config = await runnerImport(path('../../vite.config.ts'), { root, logLevel: 'silent' });
const main = await runnerImport(path('main.ts'), {
  ...config.module.default,
  root,
  logLevel: 'silent',
});
process.exit(main.module.exitCode);
