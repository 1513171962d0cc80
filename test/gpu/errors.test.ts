import { describe, expect, it, vi } from 'vitest';
import { clip, createNoiseEngine, noise, normal, perAxis } from 'webgpu-noise';
import { requestDevice } from 'webgpu-noise/node';
import { testDevice } from './device.js';

const { device, engine, buffer, read, errors } = await testDevice();

const data = new Float32Array([1, 2, 3, 4, 5]);
const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;

describe('a run refuses, before anything is submitted,', () => {
  const target = buffer(data);
  const unusable = device.createBuffer({ label: 'weights', size: 20, usage: COPY_SRC });
  const mapped = device.createBuffer({ size: 20, usage: STORAGE, mappedAtCreation: true });

  const typeErrors = {
    "run: target must be a buffer with usage GPUBufferUsage.STORAGE, got usage 0x4 of 'weights'":
      unusable,
    "run: target must be unmapped, got mapState 'mapped'": mapped,
    'run: target.count must be a number, got "5"': { buffer: target, count: '5' },
    'run: unknown field "size" in target, known are buffer, offset, count': {
      buffer: target,
      size: 5,
    },
    'run: target must be a GPUBuffer, { buffer, offset?, count?, shape? } or { source, target } of these, got a Float32Array':
      data,
    'run: target must be a GPUBuffer, { buffer, offset?, count?, shape? } or { source, target } of these, got undefined':
      undefined,
    'run: target.buffer must be a GPUBuffer, got null': { buffer: null },
  };
  const rangeErrors = {
    'run: target.offset must be a whole number from 0 to 5 (elements in buffer), got 6': {
      buffer: target,
      offset: 6,
    },
    'run: target.offset must be a whole number from 0 to 5 (elements in buffer), got 0.5': {
      buffer: target,
      offset: 0.5,
    },
    'run: target.count must be a whole number from 0 to 3 (elements after offset), got 4': {
      buffer: target,
      offset: 2,
      count: 4,
    },
    'run: target.count must be a whole number from 0 to 5 (elements after offset), got -1': {
      buffer: target,
      count: -1,
    },
    'run: source and target must have equal counts, got 2 and 5': {
      source: { buffer: target, count: 2 },
      target,
    },
    'run: source and target must be different buffers or the same range, got offsets 0 and 1 of one buffer':
      { source: { buffer: target, count: 2 }, target: { buffer: target, offset: 1, count: 2 } },
  };

  it.each([
    ...Object.entries(typeErrors).map(([sentence, wrong]) => [sentence, wrong, TypeError] as const),
    ...Object.entries(rangeErrors).map(
      ([sentence, wrong]) => [sentence, wrong, RangeError] as const,
    ),
  ])('%s', async (sentence, wrong, type) => {
    const gpu = engine();
    const submit = vi.spyOn(device.queue, 'submit');
    const run = () => gpu.chain([noise()]).run(wrong as never);
    expect(run).toThrow(type);
    expect(run).toThrow(sentence);
    expect(submit).not.toHaveBeenCalled();
    submit.mockRestore();
    expect(gpu.state.position).toBe(0n);
    expect(await read(target, 'f32')).toEqual(data);
  });

  it('a place outside the noise', () => {
    const chain = engine().chain([noise()]);
    expect(() => chain.run(target, { at: { position: 2n ** 66n } })).toThrow(RangeError);
    expect(() => chain.run(target, { at: { seed: -1 } })).toThrow('run: seed must be from 0');
    expect(() => chain.run(target, { at: 5 as never })).toThrow('run: at must be an object, got 5');
    expect(() => chain.run(target, { at: null as never })).toThrow(TypeError);
    expect(() => chain.run(target, { at: [] as never })).toThrow(TypeError);
    expect(() => chain.run(target, { seed: 1 } as never)).toThrow('run: unknown field "seed"');
  });

  it('a u8 range whose last word is not whole in the buffer', () => {
    const odd = device.createBuffer({ size: 7, usage: STORAGE });
    const chain = engine().chain([noise()], { format: 'u8' });
    expect(() => chain.run({ buffer: odd, count: 7 })).toThrow(
      'run: target.count must be a whole number from 0 to 4 (elements after offset), got 7',
    );
    expect(() => chain.run(odd)).toThrow(
      'run: target must have a count where the buffer is not a multiple of 4 bytes, got a buffer of 7',
    );
  });
});

describe('other calls refuse', () => {
  it('what is not a device', () => {
    expect(() => createNoiseEngine(null as never)).toThrow(
      'createNoiseEngine: device must be a GPUDevice, got null',
    );
    const lookalike = { createComputePipeline() {}, lost: Promise.resolve() };
    expect(() => createNoiseEngine(lookalike as never)).toThrow(
      'createNoiseEngine: device must be a GPUDevice, got an object',
    );
    expect(() => createNoiseEngine(device, { seed: 1.5 })).toThrow(RangeError);
    expect(() => createNoiseEngine(device, { barrier: 'abs' as never })).toThrow(
      'createNoiseEngine: barrier must be "saturate" or "xor", got "abs"',
    );
    expect(() => createNoiseEngine(device, { format: 'u8' } as never)).toThrow(
      'unknown field "format"',
    );
  });

  it('what only looks like a buffer, before anything is recorded', async () => {
    const target = buffer(data);
    const fake = { mapAsync() {}, mapState: 'unmapped', usage: STORAGE, size: 20 } as never;
    const gpu = engine();
    const chain = gpu.chain([noise()]);
    expect(() => chain.run(fake)).toThrow(/^run: the device refused it: /);
    const encoder = device.createCommandEncoder();
    expect(() => chain.encode(encoder, [target, fake])).toThrow(/^encode: the device refused it: /);
    device.queue.submit([encoder.finish()]);
    expect(await gpu.read(target)).toEqual(data);
    expect(gpu.state.position).toBe(0n);
    await expect(gpu.read(fake)).rejects.toThrow('read: source must be a buffer with usage');
  });

  it('lists that are enormous, at once', () => {
    const enormous = new Array<never>(2 ** 32 - 1);
    const chain = engine().chain([noise()]);
    expect(() => perAxis(0, enormous)).toThrow(
      'perAxis: values[0] must be a number, got undefined',
    );
    expect(() => chain.run(enormous)).toThrow('run: targets[0] must be a GPUBuffer');
    expect(() => chain.run({ buffer: buffer(data), shape: Array(100_000).fill(1) })).toThrow(
      'run: target.shape must have at most 64 axes, got 100000',
    );
  });

  it('encoding into what is no encoder', () => {
    const chain = engine().chain([noise()]);
    expect(() => chain.encode(device as never, buffer(data))).toThrow(
      'encode: the first argument must be a GPUCommandEncoder or a GPUComputePassEncoder, got a GPUDevice',
    );
    expect(() => chain.encode(undefined as never, buffer(data))).toThrow('got undefined');
  });

  it('reading without COPY_SRC', async () => {
    const silent = device.createBuffer({ size: 20, usage: STORAGE });
    await expect(engine().read(silent)).rejects.toThrow(
      'read: source must be a buffer with usage GPUBufferUsage.COPY_SRC, got usage 0x80',
    );
    await expect(engine().read(buffer(data), { format: 'i4' as never })).rejects.toThrow(
      'read: format must be "f32" or "f16" or "bf16" or "u8" or "i8" or "unorm8" or "u32", got "i4"',
    );
  });

  it('a state that is none, and keep the old one', () => {
    const gpu = engine({ seed: 5 });
    expect(() => {
      gpu.state = { position: -1 };
    }).toThrow('state: position must be from 0 to 2^66 - 1, got -1');
    expect(gpu.state.seed).toBe(5n);
  });
});

describe('what only the device can find wrong', () => {
  it('surfaces in read() and ready(), once, with the call that caused it', async () => {
    const other = await requestDevice();
    const foreign = other.createBuffer({ size: 20, usage: STORAGE | COPY_SRC | COPY_DST });
    const gpu = engine();
    const chain = gpu.chain([noise()]);
    chain.run(foreign);
    await expect(chain.ready()).rejects.toThrow(/^run: the device refused it: .*/);
    await expect(chain.ready()).resolves.toBeUndefined();
    gpu.chain([clip({ max: 1 })]).run(foreign);
    await expect(gpu.read(buffer(data))).rejects.toThrow(/^run: the device refused it: /);
    expect(await gpu.read(buffer(data))).toEqual(data);
    expect(errors).toEqual([]);
    other.destroy();
  });

  it('includes a destroyed buffer on its first use', async () => {
    const gone = buffer(data);
    gone.destroy();
    const gpu = engine();
    gpu.chain([noise()]).run(gone);
    await expect(gpu.chain([noise()]).ready()).rejects.toThrow(/^run: the device refused it: /);
  });

  it('is found again when it is done again', async () => {
    const other = await requestDevice();
    const foreign = other.createBuffer({ size: 20, usage: STORAGE });
    const gone = buffer(data);
    const chain = engine().chain([noise()]);
    chain.run(gone);
    gone.destroy();
    const refused = /the device refused it/;
    for (const wrong of [foreign, foreign, gone]) {
      await chain.ready();
      chain.run(wrong);
      await expect(chain.ready()).rejects.toThrow(refused);
    }
    for (let twice = 0; twice < 2; twice++) {
      chain.encode(device.createCommandEncoder(), foreign);
      await expect(chain.ready()).rejects.toThrow(/^encode: the device refused it/);
    }
    other.destroy();
  });

  it('is told one by one', async () => {
    const other = await requestDevice();
    const foreign = other.createBuffer({ size: 20, usage: STORAGE });
    const chain = engine().chain([noise()]);
    chain.run(foreign);
    chain.encode(device.createCommandEncoder(), foreign);
    await expect(chain.ready()).rejects.toThrow(/^run: /);
    await expect(chain.ready()).rejects.toThrow(/^encode: /);
    await chain.ready();
    other.destroy();
  });

  it('rejects the read that it concerns and no other', async () => {
    const other = await requestDevice();
    const foreign = other.createBuffer({ size: 20, usage: COPY_SRC });
    const gpu = engine();
    const good = buffer(data);
    const reads = await Promise.allSettled([good, foreign, good, foreign].map((b) => gpu.read(b)));
    const fine = { status: 'fulfilled', value: data };
    const refused = { status: 'rejected', reason: expect.any(TypeError) };
    expect(reads).toEqual([fine, refused, fine, refused]);
    other.destroy();
  });

  it.each([
    ['saturate', 20],
    ['saturate', 32],
    ['xor', 20],
  ] as const)(
    'is a kernel that does not compile, named by file and line, once (%s, %s bytes)',
    async (barrier, size) => {
      const other = await requestDevice();
      const create = other.createShaderModule.bind(other);
      vi.spyOn(other, 'createShaderModule').mockImplementation((descriptor) =>
        create({ ...descriptor, code: descriptor.code.replace('select(x + t', 'select(x + y') }),
      );
      const target = other.createBuffer({ size, usage: STORAGE | COPY_SRC });
      const gpu = createNoiseEngine(other, { barrier });
      const chain = gpu.chain([noise()]);
      const sentence = /must compile, got\nshaders\/lib\/float\.wgsl:\d+:\d+: error: /;
      chain.run(target);
      await expect(gpu.read(target)).rejects.toThrow(sentence);
      await gpu.read(target);
      chain.run(target);
      await expect(chain.ready()).rejects.toThrow(sentence);
      await gpu.read(target);
      other.destroy();
    },
  );

  it('is no warning of the compiler', async () => {
    const other = await requestDevice();
    const create = other.createShaderModule.bind(other);
    vi.spyOn(other, 'createShaderModule').mockImplementation((descriptor) => {
      const code = descriptor.code.replace(/return select\(x \+ t, x,.*/, '$&\n  return x;');
      const module = create({ ...descriptor, code });
      expect(code).not.toBe(descriptor.code);
      return module;
    });
    const target = other.createBuffer({ size: 20, usage: STORAGE | COPY_SRC });
    const gpu = createNoiseEngine(other, { math: 'native' });
    const chain = gpu.chain([noise()]);
    chain.run(target);
    await chain.ready();
    expect(await gpu.read(target)).toHaveLength(5);
    other.destroy();
  });
});

describe('after the end', () => {
  it('of the device, every call says so', async () => {
    const mortal = await requestDevice();
    const gpu = createNoiseEngine(mortal);
    const chain = gpu.chain([normal()]);
    const target = mortal.createBuffer({ size: 20, usage: STORAGE | COPY_SRC });
    chain.run(target);
    mortal.destroy();
    await mortal.lost;
    const lost = /the device must be alive, got a lost one \(destroyed/;
    expect(() => chain.run(target)).toThrow(lost);
    expect(() => chain.encode({ beginComputePass() {} } as never, target)).toThrow(lost);
    await expect(gpu.read(target)).rejects.toThrow(lost);
    await expect(chain.ready()).rejects.toThrow(lost);
    await expect(gpu.verify()).rejects.toThrow(lost);
  });

  it('of the engine, every call says so', async () => {
    const gpu = engine();
    const chain = gpu.chain([normal()]);
    gpu.destroy();
    const message = 'the engine must not be destroyed, got a destroyed one';
    expect(() => chain.run(buffer(data))).toThrow(`run: ${message}`);
    await expect(gpu.read(buffer(data))).rejects.toThrow(`read: ${message}`);
    await expect(chain.ready()).rejects.toThrow(`ready: ${message}`);
  });

  it('a read that is under way when the device is lost rejects', async () => {
    const mortal = await requestDevice();
    const gpu = createNoiseEngine(mortal);
    const target = mortal.createBuffer({ size: 2 ** 20, usage: STORAGE | COPY_SRC });
    gpu.chain([normal()]).run(target);
    const reading = gpu.read(target);
    mortal.destroy();
    await expect(reading).rejects.toThrow('read: the device must be alive, got a lost one');
  });

  it('of the device, a new engine on it says so at once', async () => {
    const mortal = await requestDevice();
    const target = mortal.createBuffer({ size: 20, usage: STORAGE });
    createNoiseEngine(mortal).chain([normal()]).run(target);
    mortal.destroy();
    await mortal.lost;
    const late = createNoiseEngine(mortal);
    expect(() => late.chain([normal()])).toThrow('chain: the device must be alive');
    expect(() => {
      late.state = { position: 5 };
    }).toThrow('state: the device must be alive');
  });
});
