import { describe, expect, it } from 'vitest';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { expectSameBits } from '../bits.js';
import { testDevice } from '../gpu/device.js';
import { COUNT, DRAW, expectRuns, testAftermath, WORDS } from './aftermath.js';

const { device, engine, buffer } = await testDevice();
const { expectGoesOn, expectQuiet } = await testAftermath();

const words = () => buffer(new Uint32Array(COUNT));

/** What the device says of the caller's own submit. */
async function submit(encoder: GPUCommandEncoder): Promise<string | undefined> {
  device.pushErrorScope('validation');
  device.queue.submit([encoder.finish()]);
  return (await device.popErrorScope())?.message.split('\n')[0];
}

/** The bits that `runs` runs give from the start of a seed, the last of them. */
function drawn(seed: number, runs: number): Uint32Array {
  const expected = new Uint32Array(COUNT);
  const chain = createReferenceEngine({ seed }).chain(DRAW, WORDS);
  for (let run = 0; run < runs; run++) chain.run(expected);
  return expected;
}

describe('a target that its owner destroys between encode and submit', () => {
  it('costs the submit, which says so, and nothing else', async () => {
    const gpu = engine({ seed: 3, math: 'native' });
    const chain = gpu.chain(DRAW, WORDS);
    const [kept, gone] = [words(), words()];
    chain.run(kept);
    await chain.ready();
    // Once with a recording that is new to the device, once with one that it has accepted.
    for (const target of [gone, buffer(new Uint32Array(COUNT))]) {
      if (target !== gone) {
        chain.run(target, { at: { position: 0 } });
        await chain.ready();
      }
      const encoder = device.createCommandEncoder();
      chain.encode(encoder, kept, { at: { seed: 9 } });
      chain.encode(encoder, target);
      target.destroy();
      expect(await submit(encoder)).toMatch(/used in submit while destroyed/);
      await chain.ready();
    }
    expectSameBits(await gpu.read(kept, { format: 'u32' }), drawn(3, 1));
    await expectRuns(gpu, chain, device);
    await expectGoesOn(gpu.state, { seed: 3n, stream: 0n, position: 3n * BigInt(COUNT) });
    await expectQuiet();
    gpu.destroy();
  });
});

describe('an engine that is destroyed between encode and submit', () => {
  it('takes its recordings with it, and leaves the caller’s buffers as they were', async () => {
    const gpu = engine({ seed: 4, math: 'native' });
    const chain = gpu.chain(DRAW, WORDS);
    const target = words();
    chain.run(target);
    const encoder = device.createCommandEncoder();
    chain.encode(encoder, target);
    gpu.destroy();
    expect(await submit(encoder)).toMatch(/used in submit while destroyed/);
    const other = engine({ math: 'native' });
    expectSameBits(await other.read(target, { format: 'u32' }), drawn(4, 1));
    await expectRuns(other, other.chain(DRAW, WORDS), device, gpu.state);
    await expectQuiet();
  });

  it('keeps what has been submitted', async () => {
    const gpu = engine({ seed: 5, math: 'native' });
    const target = words();
    gpu.chain(DRAW, WORDS).run(target);
    const encoder = device.createCommandEncoder();
    gpu.chain(DRAW, WORDS).encode(encoder, target);
    device.queue.submit([encoder.finish()]);
    gpu.destroy();
    expectSameBits(await engine().read(target, { format: 'u32' }), drawn(5, 2));
  });
});

describe('two engines on one device', () => {
  it('do not see each other, nor the end of one', async () => {
    const [first, second] = [1, 2].map((seed) => engine({ seed, math: 'native' })) as [
      ReturnType<typeof engine>,
      ReturnType<typeof engine>,
    ];
    const [a, b] = [first.chain(DRAW, WORDS), second.chain(DRAW, WORDS)];
    const [mine, theirs] = [words(), words()];
    const encoder = device.createCommandEncoder();
    for (let turn = 0; turn < 3; turn++) {
      a.run(mine);
      b.encode(encoder, theirs);
    }
    device.queue.submit([encoder.finish()]);
    const late = first.read(mine);
    const kept = second.read(theirs, { format: 'u32' });
    first.destroy();
    await expect(late).rejects.toThrow('read: the engine must not be destroyed');
    expectSameBits(await kept, drawn(2, 3));
    b.run(theirs);
    expectSameBits(await second.read(theirs, { format: 'u32' }), drawn(2, 4));
    expectSameBits(await second.read(mine, { format: 'u32' }), drawn(1, 3));
    await b.ready();
    await expectQuiet();
  });

  it('are each told of their own faults only', async () => {
    const [first, second] = [engine({ math: 'native' }), engine({ math: 'native' })];
    const gone = words();
    gone.destroy();
    device.pushErrorScope('validation');
    first.chain(DRAW, WORDS).run(gone);
    expect(await device.popErrorScope()).toBeNull();
    expect((await second.read(words(), { format: 'u32' })).length).toBe(COUNT);
    await expect(first.read(words(), { format: 'u32' })).rejects.toThrow(
      /^run: the device refused it: /,
    );
    await expectQuiet();
  });
});
