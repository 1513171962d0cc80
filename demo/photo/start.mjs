// `npm start`.
import { load } from '../../.ci/load.mjs';

try {
  const { exitCode } = await load('main.ts', import.meta.url);
  process.exitCode = exitCode;
} catch (error) {
  console.error(`npm start: the demo must load, got ${String(error).replace(/\s*\n\s*/g, ' ')}`);
  process.exitCode = 1;
}
