import { afterAll, describe, expect, it } from 'vitest';
import {
  clipNorm,
  createNoiseEngine,
  type NoiseEngine,
  normal,
  perAxis,
  uniform,
  uniformNoise,
} from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { expectSameBits } from '../bits.js';
import { watchBuffers } from '../gpu/live.js';
import { testAftermath } from './aftermath.js';

const { expectQuiet } = await testAftermath();

/** SwiftShader has no memory for a buffer of the largest size there is. */
const device = await requestDevice({ software: true });
afterAll(() => device.destroy());
const TOO_MUCH = device.limits.maxBufferSize;
const uncaptured: string[] = [];
device.addEventListener('uncapturederror', ({ error }) => uncaptured.push(error.message));
const live = watchBuffers(device);
const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;

/** Lets one of the buffers that the library makes be as large as none can be. */
function starve(nth: number) {
  const create = device.createBuffer;
  let made = 0;
  let label = '';
  device.createBuffer = (descriptor) => {
    const own = descriptor.label?.startsWith('webgpu-noise') && made++ === nth;
    if (own) label = descriptor.label ?? '';
    return create(own ? { ...descriptor, size: TOO_MUCH } : descriptor);
  };
  return {
    /** Of the buffer that could not be had, if it came to that. */
    end() {
      device.createBuffer = create;
      return label;
    },
  };
}

const SHAPE = [4, 250];
const COUNT = 1000;
const low = () => perAxis(0, [-1, -2, -3, -4]);

/** Uses all that takes memory, and returns what it was told. */
async function useAll(engine: NoiseEngine, target: GPUBuffer): Promise<string[]> {
  const told: string[] = [];
  const call = async (body: () => unknown) => {
    try {
      await body();
      await engine.read({ buffer: target, count: 0 }); // tells what was found wrong
    } catch (error) {
      told.push((error as Error).message);
    }
  };
  const range = { buffer: target, shape: SHAPE };
  const chain = engine.chain([uniform(), uniformNoise({ low: low(), high: 5 })]);
  const clipping = engine.chain([clipNorm({ max: 1, axis: 0 })]);
  await call(() => chain.run(range));
  await call(() => {
    const encoder = device.createCommandEncoder();
    chain.encode(encoder, range, { at: { position: 9 } });
    device.pushErrorScope('validation'); // what was recorded in vain is the caller's to see
    device.queue.submit([encoder.finish()]);
    return device.popErrorScope();
  });
  await call(() => clipping.run(range));
  await call(() => {
    const snapshot = engine.snapshot([target]);
    snapshot.restore();
    snapshot.destroy();
  });
  await call(() => engine.measure(range, { histogram: { bins: 4, min: -1, max: 1 } }));
  await call(() => engine.read(target));
  return told;
}

describe('where there is no memory for a buffer', () => {
  it('the call says so, and the same calls go well once there is', async () => {
    const sentence =
      /^\w+: the device must have memory for \d+ bytes \('webgpu-noise .*'\), got out of memory$/;
    const starved: string[] = [];
    const target = device.createBuffer({ size: 4 * COUNT, usage: STORAGE | COPY_SRC | COPY_DST });
    for (let nth = 0; ; nth++) {
      const engine = createNoiseEngine(device, { seed: nth, math: 'native' });
      const memory = starve(nth);
      const told = await useAll(engine, target);
      const label = memory.end();
      if (label === '') {
        expect(told).toEqual([]);
        engine.destroy();
        break;
      }
      starved.push(label);
      // What depends on it is refused after it.
      expect(told[0]).toMatch(sentence);
      expect(told[0]).toContain(`'${label}'`);
      expect(await useAll(engine, target)).toEqual([]);
      await expectRuns(engine, target);
      engine.destroy();
      expect(live.labels).toEqual([]);
      expect(uncaptured).toEqual([]);
      await expectQuiet();
    }
    expect(starved.map((label) => label.replace('webgpu-noise ', '')).sort()).toEqual(
      [
        'values',
        'run uniforms',
        'encode uniforms',
        'sums',
        'statistics',
        'snapshot',
        'records',
        'edges',
        'staging',
      ].sort(),
    );
  });

  it('verify() says so, finds no fault with the device, and asks it again', async () => {
    const engine = createNoiseEngine(device);
    const chain = engine.chain([normal()]);
    for (let twice = 0; twice < 2; twice++) {
      const memory = starve(0);
      await expect(chain.ready()).rejects.toThrow(
        "verify: the device must have memory for 262148 bytes ('webgpu-noise verify'), got out of memory",
      );
      expect(memory.end()).toBe('webgpu-noise verify');
    }
    engine.destroy();
    expect(live.labels).toEqual([]);
    expect(uncaptured).toEqual([]);
  });
});

/** A run gives the bits that the CPU gives at the same place. */
async function expectRuns(engine: NoiseEngine, target: GPUBuffer): Promise<void> {
  const ops = [uniform(), uniformNoise({ low: low(), high: 5 })];
  const expected = new Float32Array(COUNT);
  createReferenceEngine(engine.state).chain(ops).run({ buffer: expected, shape: SHAPE });
  engine.chain(ops).run({ buffer: target, shape: SHAPE });
  expectSameBits(await engine.read(target), expected);
}
