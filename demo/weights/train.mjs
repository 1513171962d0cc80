// `npm run demo:train`.
import { load } from '../../.ci/load.mjs';

await load('train.ts', import.meta.url);
