import { describe, expect, it, vi } from 'vitest';
import { clip, noise, normal, type Op, perturb } from 'webgpu-noise';
import { expectSameBits } from '../bits.js';
import { testDevice } from './device.js';

const { device, engine, buffer, read } = await testDevice();

const COUNT = 1001;
const zeros = () => buffer(new Float32Array(COUNT));

describe('an engine', () => {
  it('moves on by one sample per element and random op', () => {
    const gpu = engine({ seed: 1, stream: 2, position: 3 });
    const chain = gpu.chain([noise(), clip({ min: 0 }), perturb({ std: 1 })]);
    expect(chain.run(zeros())).toEqual({ seed: 1n, stream: 2n, position: 3n });
    expect(gpu.state).toEqual({ seed: 1n, stream: 2n, position: 3n + 2n * 1001n });
    gpu.chain([clip({ max: 1 })]).run(zeros());
    expect(gpu.state.position).toBe(2005n);
  });

  it('stays where it is when a run says where to draw', () => {
    const gpu = engine({ seed: 1 });
    const at = gpu.chain([noise()]).run(zeros(), { at: { stream: 9, position: 50 } });
    expect(at).toEqual({ seed: 1n, stream: 9n, position: 50n });
    expect(gpu.state).toEqual({ seed: 1n, stream: 0n, position: 0n });
  });

  it('resumes from a saved state bit for bit, on another engine too', async () => {
    const first = engine({ seed: 4 });
    first.chain([noise()]).run(zeros());
    const saved = structuredClone(first.state);
    const [a, b] = [zeros(), zeros()];
    first.chain([noise()]).run(a);
    const second = engine();
    second.state = saved;
    second.chain([noise()]).run(b);
    expectSameBits(await read(b, 'f32'), await read(a, 'f32'));
    expect(second.state).toEqual(first.state);
  });

  it('repeats a run at the place that it returned', async () => {
    const gpu = engine({ seed: 4, position: 123 });
    const [a, b] = [zeros(), zeros()];
    const at = gpu.chain([noise()]).run(a);
    gpu.chain([noise()]).run(b, { at });
    expectSameBits(await read(b, 'f32'), await read(a, 'f32'));
  });

  it('undoes a perturbation with the other sign at the same place', async () => {
    const gpu = engine();
    const target = buffer(new Float32Array(COUNT).fill(1));
    const at = gpu.chain([perturb({ std: 0.5 })]).run(target);
    gpu.chain([perturb({ std: 0.5, sign: -1 })]).run(target, { at });
    for (const value of await read(target, 'f32')) {
      // Two roundings of numbers below 8, each at most half an ulp of 2^-21.
      expect(Math.abs(value - 1)).toBeLessThanOrEqual(2 ** -21);
    }
  });

  it('compiles once for chains of equal structure, whatever their parameters', () => {
    const create = vi.spyOn(device, 'createComputePipeline');
    const target = zeros();
    for (let std = 0; std < 20; std++) {
      const ops: Op[] = [normal({ mean: std, std }), perturb({ std, relative: 'weight' })];
      engine({ seed: std }).chain(ops).run(target);
    }
    expect(create).toHaveBeenCalledTimes(1);
    create.mockRestore();
  });

  it('in steady state creates nothing but command encoders, and one page of uniforms per 256 encodes', () => {
    const gpu = engine();
    const target = zeros();
    const chain = gpu.chain([noise(), clip({ min: 0, max: 1 })]);
    const encode = () => {
      const encoder = device.createCommandEncoder();
      chain.encode(encoder, target);
      device.queue.submit([encoder.finish()]);
    };
    chain.run(target);
    encode();
    const methods = [
      'createBuffer',
      'createBindGroup',
      'createComputePipeline',
      'createShaderModule',
    ] as const;
    const spies = methods.map((method) => vi.spyOn(device, method));
    const calls = () => spies.map((spy) => spy.mock.calls.length);
    for (let i = 0; i < 255; i++) chain.run(target);
    for (let i = 0; i < 255; i++) encode();
    expect(calls()).toEqual([0, 0, 0, 0]);
    encode();
    expect(calls()).toEqual([1, 1, 0, 0]);
    for (const spy of spies) spy.mockRestore();
  });

  it('frees what it made and nothing of the caller’s', async () => {
    const gpu = engine();
    const target = buffer(new Float32Array([1, 2, 3, 4]));
    const create = vi.spyOn(device, 'createBuffer');
    const destroy = vi.spyOn(GPUBuffer.prototype, 'destroy');
    gpu.chain([clip({ max: 2 })]).run(target);
    await gpu.read(target);
    const made = create.mock.results.map(({ value }) => value);
    gpu.destroy();
    expect(new Set(destroy.mock.contexts)).toEqual(new Set(made));
    create.mockRestore();
    destroy.mockRestore();
    expect([...(await read(target, 'f32'))]).toEqual([1, 2, 2, 2]);
  });
});
