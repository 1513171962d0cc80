import { describe } from 'vitest';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { type Calls, data, engineCalls, engineOptions } from '../calls.js';
import { itHoldsAgainst } from '../hostileCalls.js';

const engine = createReferenceEngine({ seed: 5n });
const state = engine.state;
const [a, b] = [data.slice(), data.slice()];
const calls: Calls = {
  ...engineCalls(engine, a, b).calls,
  createReferenceEngine: { args: [engineOptions], call: createReferenceEngine as never },
};

describe('the engine on the CPU', () => {
  itHoldsAgainst(calls, {
    restore() {
      engine.state = state;
      for (const each of [a, b]) each.set(data);
    },
    contents: () => [engine.state, a.slice(), b.slice()],
  });
});
