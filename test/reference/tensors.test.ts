import { describe, expect, it } from 'vitest';
import { clip, noise, normal, perturb } from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { itRefuses } from '../refusals.js';

describe('the reference engine over a list of arrays', () => {
  it('draws as over one flat array, op after op', () => {
    const ops = [noise({ std: 3 }), clip({ min: -4 }), noise()];
    const flat = new Float32Array(20);
    createReferenceEngine({ seed: 1 }).chain(ops).run(flat);
    const [a, b, c] = [new Float32Array(5), new Float32Array(9), new Float32Array(12)];
    const cpu = createReferenceEngine({ seed: 1 });
    cpu
      .chain(ops)
      .run([
        a,
        { buffer: b, offset: 3, count: 0 },
        { buffer: b, offset: 1, count: 6 },
        { source: c.slice(3), target: { buffer: c, offset: 2, count: 9 } },
      ]);
    expect([...a, ...b.subarray(1, 7), ...c.subarray(2, 11)]).toEqual([...flat]);
    expect([b[0], b[7], b[8], c[0], c[1], c[11]]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(cpu.state.position).toBe(40n);
  });

  it('asks no shape of an empty array', () => {
    const op = noise({ share: [0] });
    const [alone, amid] = [new Float32Array(8), new Float32Array(8)];
    const cpu = createReferenceEngine({ seed: 1 });
    cpu.chain([op]).run({ buffer: alone, shape: [2, 4] }, { at: { position: 0 } });
    cpu.chain([op]).run([new Float32Array(), { buffer: amid, shape: [2, 4] }]);
    expect(amid).toEqual(alone);
  });

  it('perturbs as the op does, in place and into other arrays', () => {
    const flat = new Uint8Array(9).fill(100);
    const at = { seed: 3, position: 2n ** 33n - 1n };
    const options = { format: 'u8', rounding: 'truncate' } as const;
    const op = { std: 0.2, relative: 'weight', sign: -1 } as const;
    createReferenceEngine()
      .chain([perturb(op)], options)
      .run(flat, { at });
    const masters = [new Uint8Array(4).fill(100), new Uint8Array(5).fill(100)];
    const into = [new Uint8Array(4), new Uint8Array(5)];
    const cpu = createReferenceEngine();
    cpu.perturb(masters, { ...op, ...options, at, into });
    expect(into.flatMap((each) => [...each])).toEqual([...flat]);
    expect(masters.flatMap((each) => [...each])).toEqual(new Array(9).fill(100));
    cpu.perturb(masters, { ...op, ...options, at, into: masters });
    expect(masters).toEqual(into);
    const views = masters.map((each) => each.subarray(0));
    cpu.perturb(masters, { std: 9, format: 'u8', into: views, at });
    expect(masters).not.toEqual(into);
    expect(cpu.state.position).toBe(0n);
  });

  it('gives arrays their bits back from a snapshot', () => {
    const cpu = createReferenceEngine();
    const words = Uint32Array.of(0x7fc12345, 0x80000000, 1, 2);
    const tensors = [new Float32Array(words.buffer, 0, 3)];
    const snapshot = cpu.snapshot(tensors);
    cpu.chain([normal()]).run(new Float32Array(words.buffer));
    const last = words[3];
    snapshot.restore();
    expect(words).toEqual(Uint32Array.of(0x7fc12345, 0x80000000, 1, last!));
    cpu.chain([normal()]).run(tensors);
    const saved = words.slice();
    snapshot.save();
    cpu.chain([normal()]).run(tensors);
    snapshot.restore();
    expect(words).toEqual(saved);
    snapshot.destroy();
    expect(() => snapshot.restore()).toThrow(
      'restore: the snapshot must not be destroyed, got a destroyed one',
    );
  });

  it('keeps copies of Node’s buffers, too', () => {
    const bytes = Buffer.from([1, 2, 3]);
    const snapshot = createReferenceEngine().snapshot([bytes], { format: 'u8' });
    bytes.fill(9);
    snapshot.restore();
    expect([...bytes]).toEqual([1, 2, 3]);
  });

  const cpu = createReferenceEngine();
  const array = new Float32Array(8);
  const again = new Float32Array(array.buffer, 16, 2);
  itRefuses(RangeError, {
    'run: what is written must not overlap another range, got bytes 0 to 32 as targets[0] and 16 to 24 as targets[1]':
      () => cpu.chain([noise()]).run([array, again]),
    'perturb: what is written must not overlap another range, got bytes 12 to 20 as tensors[0] and 16 to 24 as into[0]':
      () => cpu.perturb([{ buffer: array, offset: 3, count: 2 }], { std: 1, into: [again] }),
    'run: what is written must not overlap another range, got bytes 12 to 20 as source and 16 to 24 as target':
      () =>
        cpu.chain([noise()]).run({ source: array.subarray(3, 5), target: array.subarray(4, 6) }),
  });
  it('left the array as it was', () => expect(array).toEqual(new Float32Array(8)));
});
