import { describe, expect, it } from 'vitest';
import { testDevice } from '../gpu/device.js';
import { watchBuffers } from '../gpu/live.js';
import { COUNT, DRAW, testAftermath, WORDS } from './aftermath.js';

const { device, engine, buffer } = await testDevice();
const { expectGoesOn, expectQuiet } = await testAftermath();
const live = watchBuffers(device);
const ENDED = 'the engine must not be destroyed, got a destroyed one';

describe('an engine that is used after its end', () => {
  it('answers each call with one sentence, and keeps its place in the noise', async () => {
    const gpu = engine({ seed: 5, stream: 6, position: 7, math: 'native' });
    const target = buffer(new Float32Array(COUNT));
    const chain = gpu.chain(DRAW, WORDS);
    const snapshot = gpu.snapshot([target]);
    chain.run(target);
    const encoder = device.createCommandEncoder();
    gpu.destroy();
    gpu.destroy();
    const calls: Record<string, () => unknown> = {
      chain: () => gpu.chain(DRAW, WORDS),
      run: () => chain.run(target),
      encode: () => chain.encode(encoder, target),
      perturb: () => gpu.perturb([target], { std: 1 }),
      snapshot: () => gpu.snapshot([target]),
      save: () => snapshot.save(),
      restore: () => snapshot.restore(),
      state: () => {
        gpu.state = { seed: 1 };
      },
    };
    for (const [call, body] of Object.entries(calls)) {
      expect(body).toThrow(new Error(`${call}: ${ENDED}`));
    }
    const promised: Record<string, () => Promise<unknown>> = {
      ready: () => chain.ready(),
      read: () => gpu.read(target),
      measure: () => gpu.measure(target),
      verify: () => gpu.verify(),
    };
    for (const [call, body] of Object.entries(promised)) {
      await expect(body()).rejects.toThrow(new Error(`${call}: ${ENDED}`));
    }
    // No method is left out.
    const known = [...Object.keys(calls), ...Object.keys(promised), 'destroy'];
    const methods = [gpu, chain, snapshot].flatMap((of) =>
      Object.entries(of).flatMap(([name, value]) => (typeof value === 'function' ? name : [])),
    );
    expect(methods.filter((name) => !known.includes(name))).toEqual([]);
    snapshot.destroy();
    expect(live.labels).toEqual([]);
    await expectGoesOn(gpu.state, { seed: 5n, stream: 6n, position: 7n + BigInt(COUNT) });
    await expectQuiet();
  });

  it('has freed all pages of what it has recorded, too', () => {
    const gpu = engine({ math: 'native' });
    const chain = gpu.chain(DRAW, WORDS);
    const target = buffer(new Float32Array(COUNT));
    const encoder = device.createCommandEncoder();
    // 256 bytes of uniforms each; the first page has 2^16.
    for (let i = 0; i <= 2 ** 8; i++) chain.encode(encoder, target);
    chain.run(Array.from({ length: 300 }, () => buffer(new Float32Array(1))));
    const pages = live.labels.filter((label) => label === 'webgpu-noise encode uniforms');
    expect(pages).toHaveLength(2);
    gpu.destroy();
    expect(live.labels).toEqual([]);
  });
});
