import { afterAll, expect } from 'vitest';
import {
  bits,
  type Chain,
  createNoiseEngine,
  type NoiseEngine,
  type StreamState,
} from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { expectSameBits } from '../bits.js';
import { testDevice } from '../gpu/device.js';

/** Elements of the buffers that faults happen to. */
export const COUNT = 1001;

/** What compiles fast and still draws. */
export const DRAW = [bits()];
export const WORDS = { format: 'u32', rounds: 7 } as const;

/** Rejections that nobody has handled. Vitest fails for them, too, but cannot say after which fault. */
const unhandled: unknown[] = [];
const keep = (reason: unknown) => unhandled.push(reason);
process.on('unhandledRejection', keep);
afterAll(() => {
  process.off('unhandledRejection', keep);
});

/** What must be so after every fault; on a device of its own, to which none happens. */
export async function testAftermath() {
  const { device, buffer, engine } = await testDevice();
  const bystander = buffer(new Uint32Array(COUNT));
  const watching = engine({ seed: 77 });
  const drawn = new Uint32Array(COUNT);
  createReferenceEngine({ seed: 77 }).chain(DRAW, WORDS).run(drawn);
  watching.chain(DRAW, WORDS).run(bystander);

  return {
    device,

    /** A new engine goes on from a saved place with the bits that the CPU has there. */
    async expectGoesOn(
      saved: StreamState,
      expected: { seed: bigint; stream: bigint; position: bigint },
    ) {
      expect({ ...saved }).toEqual(expected);
      const engine = createNoiseEngine(device);
      engine.state = JSON.parse(JSON.stringify(saved));
      await expectRuns(engine, engine.chain(DRAW, WORDS), device);
      engine.destroy();
    },

    /** Nobody has left a rejection alone, and what others own is as it was. */
    async expectQuiet() {
      // Unhandled rejections are told after the microtasks of the turn in which they happen.
      await new Promise((told) => setTimeout(told));
      expect(unhandled.splice(0)).toEqual([]);
      expectSameBits(await watching.read(bystander, { format: 'u32' }), drawn);
    },
  };
}

/** A run at a place gives the CPU's bits. */
export async function expectRuns(
  engine: NoiseEngine,
  chain: Chain,
  device: GPUDevice,
  at = engine.state,
) {
  const { STORAGE, COPY_SRC } = GPUBufferUsage;
  const target = device.createBuffer({ size: 4 * COUNT, usage: STORAGE | COPY_SRC });
  const expected = new Uint32Array(COUNT);
  createReferenceEngine(at).chain(DRAW, WORDS).run(expected);
  chain.run(target, { at });
  expectSameBits(await engine.read(target, { format: 'u32' }), expected);
  target.destroy();
}
