// `npm run soak`.
import { load } from '../../.ci/load.mjs';

const { exitCode } = await load('main.ts', import.meta.url);
process.exitCode = exitCode;
