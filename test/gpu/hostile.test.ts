import { describe, expect, it } from 'vitest';
import { createNoiseEngine } from 'webgpu-noise';
import { adapterName, requestDevice } from 'webgpu-noise/node';
import { at, type Calls, data, engineCalls, engineOptions, shape } from '../calls.js';
import { callWrongly, itHoldsAgainst } from '../hostileCalls.js';
import { testDevice } from './device.js';

const { device, engine: makeEngine, buffer, read } = await testDevice();

const engine = makeEngine({ seed: 5n });
const state = engine.state;
const [a, b] = [buffer(data), buffer(data)];
const { chain, calls: sharedCalls } = engineCalls(engine, a, b);
const calls: Calls = {
  ...sharedCalls,
  createNoiseEngine: { args: [device, engineOptions], call: createNoiseEngine as never },
  adapterName: { args: [device], call: adapterName },
  ready: {
    args: [{ outOfPlace: false, target: { buffer: a, shape } }],
    call: chain.ready as never,
  },
  encode: {
    args: [undefined, { buffer: a, shape }, { at }],
    call: ((into: unknown, ...rest: [never, never]) => {
      const encoder = device.createCommandEncoder();
      try {
        return chain.encode((into ?? encoder) as never, ...rest);
      } finally {
        device.queue.submit([encoder.finish()]);
      }
    }) as never,
  },
};

describe('an engine on a GPU', () => {
  it('is called with hostile arguments, whatever the method', () => {
    const isMethod = ({ value, get }: PropertyDescriptor) => typeof value === 'function' || get;
    const methods = [engine, chain].flatMap((of) =>
      Object.entries(Object.getOwnPropertyDescriptors(of)).flatMap(([name, field]) =>
        isMethod(field) ? [name] : [],
      ),
    );
    const withoutArguments = ['verify', 'destroy'];
    expect([...Object.keys(calls), ...withoutArguments]).toEqual(expect.arrayContaining(methods));
  });

  itHoldsAgainst(calls, {
    restore() {
      engine.state = state;
      for (const each of [a, b]) device.queue.writeBuffer(each, 0, data);
    },
    contents: async () => [engine.state, await read(a, 'u32'), await read(b, 'u32')],
  });
});

describe('requestDevice', () => {
  const right = {
    software: false,
    label: 'a',
    requiredFeatures: [],
    requiredLimits: { maxBindGroups: 4 },
    defaultQueue: { label: 'b' },
  };

  it('refuses what is wrong in one sentence', async () => {
    const one = { args: [right], call: requestDevice };
    await callWrongly('requestDevice', one, 30, ({ value }) => (value as GPUDevice)?.destroy());
  });
});
