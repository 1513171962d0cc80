// `npm run test:statistics`.
import { load } from './load.mjs';

await load('run.ts');
