import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { affine, createNoiseEngine, type Format, normal } from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { createReferenceEngine, type ReferenceArray } from 'webgpu-noise/reference';
import { createBindings } from '../../src/bindings.js';
import { createFailures } from '../../src/failures.js';
import { numberFormats } from '../../src/format.js';
import { type Groups, groupsOf } from '../../src/reduce/groups.js';
import { createPartials } from '../../src/reduce/partials.js';
import { recordsOf } from '../../src/reduce/records.js';
import { storedFormats } from '../../src/reference/format.js';
import { reduce } from '../../src/reference/reduce.js';
import { createUniforms } from '../../src/uniforms.js';
import { shapes } from '../arbitrary.js';
import { finiteElements, strangeElements } from '../arrays.js';
import { expectSameBits } from '../bits.js';
import { edgeGroups } from '../edges.js';
import { testDevice, withLimits } from './device.js';

const { device, engine, buffer, read } = await testDevice();
const cpu = createReferenceEngine({ seed: 6 });

interface Job {
  readonly format: Format;
  readonly offset: number;
  readonly groups: Groups;
  readonly edges: Float32Array;
}

async function gpuRecords(on: GPUDevice, target: GPUBuffer, job: Job) {
  const failures = createFailures(on);
  const uniforms = createUniforms(failures);
  const range = { buffer: target, offset: job.offset, count: job.groups.count * job.groups.size };
  const host = {
    device: on,
    bindings: createBindings(on),
    failures,
    uniforms,
    barrier: 'xor',
  } as const;
  const records = recordsOf({ ...host, partials: createPartials(failures) }, { ...job, range });
  const left = await read(records, 'u32');
  records.destroy();
  uniforms.destroy();
  return left;
}

function cpuRecords(data: ReferenceArray, { format, offset, groups, edges }: Job) {
  const elements = data.subarray(offset, offset + groups.count * groups.size);
  return reduce(Float32Array.from(elements, storedFormats[format].load), groups, edges);
}

describe('a reduction on the GPU', () => {
  const devices = [
    device,
    withLimits(device, { maxStorageBufferBindingSize: 512 }),
    withLimits(device, { maxComputeWorkgroupsPerDimension: 3 }),
  ];

  it('leaves the reference’s words of any shape and axes, in all formats, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...numberFormats),
        fc.boolean(),
        shapes,
        fc.nat(70),
        fc.constantFrom([], [-1, 0, 0.5, 64, 100]),
        async (format, finite, [shape, axis], offset, edges) => {
          const data = finite ? finiteElements(format) : strangeElements(format);
          const count = shape.reduce((all, length) => all * length);
          const groups = groupsOf('test', { count, shape }, axis);
          const job = { format, offset, groups, edges: Float32Array.from(edges) };
          const expected = cpuRecords(data, job);
          const target = buffer(data);
          for (const on of devices) expectSameBits(await gpuRecords(on, target, job), expected);
          target.destroy();
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each(numberFormats)('leaves the reference’s words of any range of %s', async (format) => {
    const data = finiteElements(format);
    const target = buffer(data);
    const edges = Float32Array.of(-1000, -2, 0, 2 ** -20, 1, 100);
    for (const offset of [0, 1, 2, 3, 66]) {
      for (const count of [1, 5, 1000, 1001]) {
        const job = {
          format,
          offset,
          groups: groupsOf('test', { count }, undefined),
          edges,
        };
        expectSameBits(await gpuRecords(device, target, job), cpuRecords(data, job));
      }
    }
  });

  it('leaves the reference’s words of groups with infinities, with NaNs, and with what is nearly that', async () => {
    const data = edgeGroups.numbers();
    const { shape } = edgeGroups;
    const groups = groupsOf('test', { count: data.length, shape }, 0);
    const target = buffer(data);
    const most = Float32Array.from({ length: 1025 }, (_, i) => (i - 1024) / 8);
    for (const edges of [Float32Array.of(-1, 0, 1), Float32Array.of(-1, 0), most]) {
      const job = { format: 'f32', offset: 0, groups, edges } as const;
      expectSameBits(await gpuRecords(device, target, job), cpuRecords(data, job));
    }
  });

  it.each(['f32', 'u8'] as const)('leaves the reference’s words of 2^20 + 3 %s', async (format) => {
    const count = 2 ** 20 + 3;
    const data = format === 'f32' ? new Float32Array(count) : new Uint8Array(count);
    cpu.chain([normal({ mean: 100, std: 30 })], { format }).run(data);
    const groups = groupsOf('test', { count }, undefined);
    const job = { format, offset: 0, groups, edges: Float32Array.of(0, 50, 100, 150) };
    const target = buffer(data);
    const words = await gpuRecords(device, target, job);
    target.destroy();
    expectSameBits(words, cpuRecords(data, job));
  });
});

describe('measure on the GPU', () => {
  const data = new Float32Array(3 * 4 * 50);
  cpu.chain([normal({ mean: 5 })]).run(data);
  const shape = [3, 4, 50];
  const options = { axis: [0, 1], histogram: { bins: 7, min: 2, max: 9 } };

  it('gives the reference’s numbers, whole and along axes', async () => {
    const target = buffer(data);
    expect(await engine().measure(target)).toEqual(await cpu.measure(data));
    expect(await engine().measure({ buffer: target, shape }, options)).toEqual(
      await cpu.measure({ buffer: data, shape }, options),
    );
    const none = { buffer: target, count: 0 };
    expect(await engine().measure(none)).toEqual(await cpu.measure(new Float32Array()));
    const empty = { buffer: target, shape: [0, 4, 50] };
    expect(await engine().measure(empty, { axis: 0 })).toMatchObject({ mean: new Float64Array() });
  });

  it('sees the elements as they are when it is called', async () => {
    const gpu = engine();
    const target = buffer(data);
    const before = gpu.measure(target);
    gpu.chain([affine({ shift: 100 })]).run(target);
    const after = gpu.measure(target);
    expect((await before).mean).toBe((await cpu.measure(data)).mean);
    expect((await after).mean).toBeGreaterThan(100);
  });

  it('maps the records of its groups and nothing else, and needs no usage but STORAGE', async () => {
    const target = buffer(data);
    const silent = device.createBuffer({ size: 2400, usage: GPUBufferUsage.STORAGE });
    const map = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
    const copy = vi.spyOn(GPUCommandEncoder.prototype, 'copyBufferToBuffer');
    await engine().measure(silent);
    await engine().measure({ buffer: target, shape }, options);
    expect(map.mock.calls.map(([, , size]) => size)).toEqual([4 * 28, 4 * 12 * (28 + 7 + 2)]);
    expect(copy.mock.calls.map((args) => args.at(-1))).toEqual([4 * 28, 4 * 12 * (28 + 7 + 2)]);
    map.mockRestore();
    copy.mockRestore();
  });

  it('compiles once per device and format, and destroys the buffers that it made', async () => {
    const target = buffer(data);
    await engine().measure({ buffer: target, shape }, options);
    const compile = vi.spyOn(device, 'createComputePipeline');
    const create = vi.spyOn(device, 'createBuffer');
    const destroy = vi.spyOn(GPUBuffer.prototype, 'destroy');
    const gpu = engine();
    await gpu.measure({ buffer: target, shape }, options);
    gpu.destroy();
    expect(compile).not.toHaveBeenCalled();
    const made = create.mock.results.map(({ value }) => value);
    expect(new Set(destroy.mock.contexts)).toEqual(new Set(made));
    for (const spy of [compile, create, destroy]) spy.mockRestore();
  });

  it('refuses what it cannot measure, before anything is submitted', async () => {
    const gpu = engine();
    const target = buffer(data);
    const submit = vi.spyOn(device.queue, 'submit');
    await expect(gpu.measure(data as never)).rejects.toThrow('measure: target must be a GPUBuffer');
    await expect(gpu.measure(target, { format: 'u32' })).rejects.toThrow(
      'measure: format must be "f32" or "f16" or "bf16" or "u8" or "i8" or "unorm8", got "u32"',
    );
    await expect(gpu.measure({ buffer: target, count: 601 })).rejects.toThrow(RangeError);
    await expect(gpu.measure({ buffer: target, shape }, { ...options, axis: 3 })).rejects.toThrow(
      'axis must be',
    );
    expect(submit).not.toHaveBeenCalled();
    submit.mockRestore();
    gpu.destroy();
    await expect(gpu.measure(target)).rejects.toThrow(
      'measure: the engine must not be destroyed, got a destroyed one',
    );
  });

  it('tells what only the device finds wrong', async () => {
    const other = await requestDevice();
    const foreign = other.createBuffer({ size: 20, usage: GPUBufferUsage.STORAGE });
    const refused = /^measure: the device refused it: /;
    await expect(engine().measure(foreign)).rejects.toThrow(refused);
    const create = other.createShaderModule.bind(other);
    vi.spyOn(other, 'createShaderModule').mockImplementation((descriptor) =>
      create({
        ...descriptor,
        code: descriptor.code.replace('let m2 = wide_multiply(m, m)', 'let m2 = m + x'),
      }),
    );
    await expect(createNoiseEngine(other).measure(foreign)).rejects.toThrow(
      /^measure: the kernel moments .* must compile, got\nshaders\/reduce\/moments\.wgsl:\d+:/,
    );
    other.destroy();
  });
});
