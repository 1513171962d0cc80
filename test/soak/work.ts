import {
  type Chain,
  clip,
  createNoiseEngine,
  noise,
  normal,
  perAxis,
  type Range,
} from 'webgpu-noise';
import { createReferenceEngine } from 'webgpu-noise/reference';
import { expectSameBits } from '../bits.js';

/** How much work. */
export interface Work {
  /** Elements of the buffer. */
  readonly elements: number;
  /** Runs of one turn, all submitted before anything is waited for. */
  readonly runs: number;
}

/** Times in milliseconds. */
export interface Turn {
  /** Of each call of `run`. */
  readonly runs: number[];
  /** From the turn's first run until all that was read is there. */
  readonly turn: number;
  /** Of as many submits of nothing, with the write and the encoder that a run takes. */
  readonly bare: number[];
}

const ROWS = 8;

/**
 * What a program does with the library from frame to frame, on one buffer: runs, a recording, a chain
 * with numbers of its own, a snapshot now and then, and reads and measurements that overlap.
 */
export function createWork(device: GPUDevice, { elements, runs }: Work) {
  const { STORAGE, COPY_SRC, COPY_DST, UNIFORM } = GPUBufferUsage;
  const usage = STORAGE | COPY_SRC | COPY_DST;
  const buffer = device.createBuffer({ label: 'soak', size: 4 * elements, usage });
  const idle = device.createBuffer({ label: 'idle', size: 256, usage: UNIFORM | COPY_DST });
  const zeros = new Uint8Array(256);
  const target: Range<GPUBuffer> = { buffer, shape: [ROWS, elements / ROWS] };
  const engine = createNoiseEngine(device, { seed: 42n });
  const ops = [noise({ std: 0.5 }), clip({ min: -4, max: 4 })];
  const chain = engine.chain(ops);
  let turns = 0;

  /** The time of each of `runs` calls. */
  function timed(call: () => void): number[] {
    return Array.from({ length: runs }, () => {
      const start = performance.now();
      call();
      return performance.now() - start;
    });
  }

  /** What every run needs of WebGPU, and none of the library's. */
  function submitNothing(): void {
    device.queue.writeBuffer(idle, 0, zeros);
    const encoder = device.createCommandEncoder();
    encoder.beginComputePass().end();
    device.queue.submit([encoder.finish()]);
  }

  function record(recorded: Chain): void {
    const encoder = device.createCommandEncoder();
    recorded.encode(encoder, target);
    device.queue.submit([encoder.finish()]);
  }

  return {
    engine,

    async turn(): Promise<Turn> {
      const bare = timed(submitNothing);
      const start = performance.now();
      const times = timed(() => chain.run(target));
      record(chain);
      const std = Array.from({ length: ROWS }, (_, row) => 1 + ((turns + row) % 7));
      const own = engine.chain([noise({ std: perAxis(0, std) }), clip({ min: -9, max: 9 })]);
      own.run(target);
      if (turns % 16 === 0) {
        const snapshot = engine.snapshot([target]);
        engine.perturb([target], { std: 1 });
        snapshot.restore();
        snapshot.destroy();
      }
      await Promise.all([
        engine.read(target),
        engine.read({ buffer, offset: turns % 97, count: elements / 2 }),
        engine.measure(target, { axis: 0 }),
        own.ready(),
      ]);
      turns++;
      return { runs: times, turn: performance.now() - start, bare };
    },

    /** Holds the next run against the CPU: the same place in the noise, the same bits. */
    async check(): Promise<void> {
      const expected = new Float32Array(elements);
      const reference = createReferenceEngine(engine.state);
      const fill = [normal({ std: 2 }), ...ops];
      reference.chain(fill).run(expected);
      engine.chain(fill).run(target);
      expectSameBits(await engine.read(target), expected);
      if (String(engine.state.position) !== String(reference.state.position)) {
        throw new Error(
          `soak: position must be ${reference.state.position}, got ${engine.state.position}`,
        );
      }
    },

    destroy(): void {
      engine.destroy();
      buffer.destroy();
      idle.destroy();
    },
  };
}
