// `npm run demo:digits`.
import { load } from '../../.ci/load.mjs';

await load('makeDigits.ts', import.meta.url);
