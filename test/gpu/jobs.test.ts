import { describe, expect, it } from 'vitest';
import { affine } from 'webgpu-noise';
import { testDevice } from './device.js';

const { engine, buffer, read } = await testDevice();

const zeros = () => buffer(new Float32Array(4));
const chain = engine().chain([affine({ shift: 1 })]);

/** A range as classes of frameworks may hold it. */
class Tensor {
  constructor(
    readonly buffer: GPUBuffer,
    public offset: number,
    public count: number,
  ) {}
}

describe('a chain that is asked again', () => {
  it('sees what has changed in a target', async () => {
    const target = zeros();
    const range = { buffer: target, offset: 0, count: 1 };
    chain.run(range);
    range.offset = 3;
    chain.run(range);
    expect([...(await read(target, 'f32'))]).toEqual([1, 0, 0, 1]);
    const pair = { source: { ...range, offset: 1 }, target: { ...range } };
    pair.source.buffer = zeros();
    for (const offset of [0, 2]) {
      pair.target.offset = offset;
      chain.run(pair);
    }
    expect([...(await read(target, 'f32'))]).toEqual([1, 0, 1, 1]);
  });

  it('sees it in objects of any class, and of none', async () => {
    const target = zeros();
    const bare = Object.assign(Object.create(null), { buffer: target, offset: 0, count: 1 });
    for (const range of [new Tensor(target, 0, 1), bare]) {
      for (const targets of [range, [range], { source: range, target: range }]) {
        for (const offset of [1, 3]) {
          range.offset = offset;
          chain.run(targets);
        }
      }
    }
    expect([...(await read(target, 'f32'))]).toEqual([0, 6, 0, 6]);
  });

  it('tells a field that is undefined from another one that is given', async () => {
    const target = zeros();
    chain.run({ buffer: target, offset: 3 });
    chain.run({ buffer: target, count: undefined } as never);
    expect([...(await read(target, 'f32'))]).toEqual([1, 1, 1, 2]);
  });

  it('remembers what it has checked, whatever a getter says when it is read again', async () => {
    const target = zeros();
    let reads = 0;
    const changing = {
      buffer: target,
      get count() {
        return reads++ === 0 ? 4 : 1;
      },
    };
    chain.run(changing);
    chain.run({ buffer: target, count: 1 });
    expect([...(await read(target, 'f32'))]).toEqual([2, 1, 1, 1]);
  });

  it('sees a field that does not show when fields are listed', async () => {
    const target = zeros();
    chain.run({ buffer: target });
    chain.run(Object.defineProperty({ buffer: target }, 'count', { value: 1 }));
    expect([...(await read(target, 'f32'))]).toEqual([2, 1, 1, 1]);
  });

  it('refuses targets that hold themselves as it does others', () => {
    const range: { buffer?: unknown } = {};
    range.buffer = range;
    const list: unknown[] = [];
    list.push(list);
    expect(() => chain.run(range as never)).toThrow(
      'run: target.buffer must be a GPUBuffer, got an object',
    );
    expect(() => chain.run(list as never)).toThrow('run: targets[0] must be a GPUBuffer');
  });
});

describe('perturb that is asked again', () => {
  const at = { position: 0 };

  it('does the same again, and back with the other sign', async () => {
    const tensors = [zeros(), { buffer: zeros(), offset: 1 }];
    const own = engine();
    const step = (sign: 1 | -1) => own.perturb(tensors, { std: 0.5, sign, at });
    const changed = async () => [...(await read(tensors[0] as GPUBuffer, 'f32'))];
    step(1);
    const once = await changed();
    expect(once.every((x) => x !== 0)).toBe(true);
    step(1);
    expect(await changed()).toEqual(once.map((x) => 2 * x));
    step(-1);
    step(-1);
    expect(await changed()).toEqual([0, 0, 0, 0]);
  });

  it('sees what has changed in its tensors and options', async () => {
    const target = zeros();
    const tensors = [{ buffer: target, offset: 0, count: 1 }];
    const options = { std: 1, at };
    const own = engine();
    own.perturb(tensors, options);
    const [z] = await read(target, 'f32');
    tensors[0]!.offset = 1;
    own.perturb(tensors, options);
    tensors[0]!.offset = 2;
    options.std = 2;
    own.perturb(tensors, options);
    options.at = { position: 1 };
    tensors[0]!.offset = 3;
    own.perturb(tensors, options);
    const values = await read(target, 'f32');
    expect([...values.subarray(0, 3)]).toEqual([z, z, 2 * z!]);
    expect(values[3]).not.toBe(2 * z!);
    tensors[0]!.count = 2;
    expect(() => own.perturb(tensors, options)).toThrow('perturb: tensors[0].count');
  });

  it('moves on in the noise where no place is named', () => {
    const own = engine();
    const tensors = [zeros()];
    for (const position of [0n, 4n, 8n]) {
      expect(own.perturb(tensors, { std: 1 }).position).toBe(position);
    }
  });
});
