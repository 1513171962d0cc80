// `npm run recipes`.
import { load } from '../../.ci/load.mjs';

const { exitCode } = await load('main.ts', import.meta.url);
process.exit(exitCode); // the framework keeps its GPU
