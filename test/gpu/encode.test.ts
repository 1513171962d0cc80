import { describe, expect, it } from 'vitest';
import { createNoiseEngine, noise, normal } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { expectSameBits } from '../bits.js';
import { testDevice, withLimits } from './device.js';

const { device, engine, buffer, read } = await testDevice();

const COUNT = 1000;
const zeros = () => buffer(new Float32Array(COUNT));

/** What `run` gives at the same places. */
async function ran(...places: { std: number; position: number }[]): Promise<Float32Array> {
  const target = zeros();
  const gpu = engine({ seed: 3 });
  for (const { std, position } of places)
    gpu.chain([noise({ std })]).run(target, { at: { position } });
  return read(target, 'f32');
}

describe('encode', () => {
  it('records into the caller’s encoder and submits nothing', async () => {
    const target = zeros();
    const encoder = device.createCommandEncoder();
    engine({ seed: 3 })
      .chain([noise()])
      .encode(encoder, target, { at: { position: 0 } });
    const commands = encoder.finish();
    expectSameBits(await read(target, 'f32'), new Float32Array(COUNT));
    device.queue.submit([commands]);
    expectSameBits(await read(target, 'f32'), await ran({ std: 1, position: 0 }));
  });

  it('records into an open compute pass, several times', async () => {
    const target = zeros();
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    const gpu = engine({ seed: 3 });
    gpu.chain([noise({ std: 1 })]).encode(pass, target);
    gpu.chain([noise({ std: 2 })]).encode(pass, target);
    pass.end();
    device.queue.submit([encoder.finish()]);
    expect(gpu.state.position).toBe(2000n);
    const expected = await ran({ std: 1, position: 0 }, { std: 2, position: COUNT });
    expectSameBits(await read(target, 'f32'), expected);
  });

  it('stays right whatever is recorded or run before the submit', async () => {
    const gpu = engine({ seed: 3 });
    const other = zeros();
    const targets = Array.from({ length: 600 }, (_, i) => ({
      target: zeros(),
      std: i,
      position: 7 * i,
    }));
    const commands = targets.map(({ target, std, position }) => {
      const encoder = device.createCommandEncoder();
      gpu.chain([noise({ std })]).encode(encoder, target, { at: { position } });
      gpu.chain([noise({ std: 99 })]).run(other);
      return encoder.finish();
    });
    device.queue.submit(commands.reverse());
    for (const { target, std, position } of targets) {
      const [first] = await gpu.read({ buffer: target, count: 1 });
      const again = zeros();
      gpu.chain([noise({ std })]).run(again, { at: { position } });
      expect(first).toBe((await gpu.read({ buffer: again, count: 1 }))[0]);
      target.destroy();
      again.destroy();
    }
  });

  it('takes uniforms larger than a page', async () => {
    const tiny = createNoiseEngine(withLimits(device, { maxStorageBufferBindingSize: 256 }));
    const count = 300 * 64;
    const target = buffer(new Float32Array(count));
    const encoder = device.createCommandEncoder();
    tiny.chain([normal()]).encode(encoder, target, { at: { seed: 3, position: 2 } });
    device.queue.submit([encoder.finish()]);
    const expected = new Float32Array(count);
    const at = { seed: 3, position: 2 };
    createReferenceEngine().chain([normal()]).run(expected, { at });
    expectSameBits(await tiny.read(target), expected);
  });

  it('does nothing for a count of 0', async () => {
    const gpu = engine();
    const encoder = device.createCommandEncoder();
    gpu.chain([normal()]).encode(encoder, { buffer: zeros(), offset: 5, count: 0 });
    device.queue.submit([encoder.finish()]);
    expect(gpu.state.position).toBe(0n);
  });
});
