// Streams the engine's words to standard output: `node test/statistics/stream.mjs --help`.
import { load } from '../../.ci/load.mjs';

await load('stream.ts', import.meta.url);
