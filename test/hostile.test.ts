import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as index from 'webgpu-noise';
import * as node from 'webgpu-noise/node';
import * as reference from 'webgpu-noise/reference';
import * as wgsl from 'webgpu-noise/wgsl';
import { type Calls, makers, opCalls, ops } from './calls.js';
import { callFlipping, callWrongly, outcome } from './hostileCalls.js';

const functions: Calls = {
  choleskyFactor: { args: [[4, 1, 1, 9]], call: index.choleskyFactor },
  hashWords: { args: [Uint32Array.of(1, 2)], call: index.hashWords },
  perAxis: { args: [1, [1, 2, 3]], call: index.perAxis },
  floatAdd: { args: [1, 2], call: reference.floatAdd },
  floatClamp: { args: [1, 2, 3], call: reference.floatClamp },
  normalPair: { args: [1, 2], call: reference.normalPair },
  normalPairFloat64: { args: [1, 2], call: reference.normalPairFloat64 },
  setPollingInterval: { args: [1], call: node.setPollingInterval },
  philox4x32: { args: [[1, 2, 3, 4], [5, 6], 7], call: reference.philox4x32 },
};

/** With tests of their own, in gpu/hostile.test.ts and reference/hostile.test.ts. */
const elsewhere = ['adapterName', 'createNoiseEngine', 'createReferenceEngine', 'requestDevice'];
const withoutArguments = ['softwareEnvironment'];

describe('every public function', () => {
  it('is of an entry that is imported here, or of an adapter, whose tests are in frameworks', () => {
    const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
    const adapters = ['./tfjs', './onnxruntime', './jax'];
    expect(Object.keys(exports)).toEqual(['.', './wgsl', './reference', './node', ...adapters]);
  });

  it('is called with hostile arguments', () => {
    const named = (module: object) =>
      Object.entries(module).flatMap(([name, value]) => (typeof value === 'string' ? [] : [name]));
    const all = [index, wgsl, reference, node].flatMap(named);
    const here = [...Object.keys(ops), ...Object.keys(functions)];
    expect(all.sort()).toEqual([...here, ...elsewhere, ...withoutArguments].sort());
  });

  it.each(Object.entries({ ...opCalls, ...functions }))(
    '%s refuses what is wrong in one sentence, and reads what it is given once',
    async (name, one) => {
      await callWrongly(name, one, 200, ({ error, value }) => {
        if (!error && name in ops) expect(makers[name]!(value)).toEqual(value);
      });
      const right = await outcome(one, one.args);
      await callFlipping(name, one, 30, ({ error, value }) => {
        if (!error) expect(value).toEqual(right.value);
      });
    },
  );
});
