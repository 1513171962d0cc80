// `npm run demo:hash`.
import { load } from '../../.ci/load.mjs';

await load('compute.ts', import.meta.url);
