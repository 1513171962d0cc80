// Starts main.ts through Vite, which knows TypeScript, the project's aliases and `?raw` imports.
import { fileURLToPath } from 'node:url';

try {
  const { runnerImport } = await import('vite');
  const path = (name) => fileURLToPath(new URL(name, import.meta.url));
  const root = path('../..');
  const config = await runnerImport(path('../../vite.config.ts'), { root, logLevel: 'silent' });
  // All the work is done while main.ts is imported: afterwards Vite's runner is closed, and the
  // library could import no more packages.
  const main = await runnerImport(path('main.ts'), {
    ...config.module.default,
    root,
    logLevel: 'silent',
  });
  process.exitCode = main.module.exitCode;
} catch (error) {
  console.error(`npm start: the demo must load, got ${String(error).replace(/\s*\n\s*/g, ' ')}`);
  process.exitCode = 1;
}
