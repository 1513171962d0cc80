// `npm run test:statistics`.
import { load } from '../../.ci/load.mjs';

await load('run.ts', import.meta.url);
