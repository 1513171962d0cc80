// Starts makeDigits.ts through Vite, which knows TypeScript.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
await runnerImport(path('makeDigits.ts'), { root: path('../..'), logLevel: 'silent' });
