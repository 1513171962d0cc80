import { createNoiseEngine, type NoiseEngine } from 'webgpu-noise';
import changedCode from './changed.wgsl?raw';
import { CLASSES, PARTS, PIXELS, UNITS, WEIGHTS } from './network.js';
import scoresCode from './scores.wgsl?raw';
import unitsCode from './units.wgsl?raw';

/** What the standard deviation of the noise is relative to. */
export type Relative = 'none' | 'weight' | 'rms';

/** Noise of one pair: the same draws, once added and once taken away, times each standard deviation. */
export interface PairNoise {
  readonly stds: readonly number[];
  readonly relative: Relative;
  readonly seed: string;
  /** Which pair: each draws from a stream of its own. */
  readonly pair: number;
}

/** What one copy of the weights does. */
export interface Trial {
  /** Test digits that it tells right. */
  readonly right: number;
  /** What it takes the first digits for. */
  readonly guesses: readonly number[];
}

export interface Outcome {
  /** For each standard deviation, the copy with the noise added and the one with it taken away. */
  readonly trials: readonly (readonly [plus: Trial, minus: Trial])[];
  /** Words of the master weights that are not as they were loaded. */
  readonly changed: number;
}

/** Tests the classifier under noise on the GPU. */
export interface Tester {
  readonly engine: NoiseEngine;
  /** The weights that are copied; nothing but this script's noise is ever added to a copy. */
  readonly masters: GPUBuffer;
  /** The scores of all digits by all copies of the last pair, for who wants to check. */
  readonly scores: GPUBuffer;
  /** Makes noisy copies and tests them all; only counts and the guesses for the first digits come back. */
  test(noise: PairNoise): Promise<Outcome>;
  destroy(): void;
}

/** Floats from one copy to the next: whole vectors of four. */
export const STRIDE = Math.ceil(WEIGHTS / 4) * 4;

/**
 * @param weights the masters
 * @param digits bytes of the test digits
 * @param steps how many standard deviations a test has
 * @param shown of how many digits the guesses are wanted
 */
export function createTester(
  device: GPUDevice,
  weights: Float32Array<ArrayBuffer>,
  digits: Uint8Array<ArrayBuffer>,
  { steps, shown }: { readonly steps: number; readonly shown: number },
): Tester {
  const engine = createNoiseEngine(device);
  const copies = 2 * steps;
  const count = digits.length / PIXELS;
  const resultCount = copies * (1 + shown) + 1;
  const buffers: GPUBuffer[] = [];
  const buffer = (label: string, words: number) => {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    buffers.push(device.createBuffer({ label, size: 4 * words, usage }));
    return buffers.at(-1)!;
  };
  const masters = buffer('masters', WEIGHTS);
  const loaded = buffer('weights as loaded', WEIGHTS);
  const noisy = buffer('noisy copies', copies * STRIDE);
  const pixels = buffer('digits', digits.length / 4);
  const units = buffer('units', copies * count * UNITS);
  const scores = buffer('scores', copies * count * CLASSES);
  const results = buffer('results', resultCount);
  device.queue.writeBuffer(masters, 0, weights);
  device.queue.writeBuffer(loaded, 0, weights);
  device.queue.writeBuffer(pixels, 0, digits);

  const START = PARTS[2]!.offset;
  const kernels = [
    kernel('units', unitsCode, [pixels, noisy, units], { STRIDE, PIXELS, UNITS }, [
      Math.ceil((count * UNITS) / 4 / 64),
      copies,
    ]),
    kernel(
      'scores',
      scoresCode,
      [noisy, units, scores, results],
      { STRIDE, UNITS, CLASSES, START, COUNT: count, SHOWN: shown },
      [Math.ceil(count / 64), copies],
    ),
    kernel('changed', changedCode, [masters, loaded, results], {}, [Math.ceil(WEIGHTS / 64), 1]),
  ];

  function kernel(
    label: string,
    code: string,
    bound: readonly GPUBuffer[],
    constants: Record<string, number>,
    size: readonly [number, number],
  ) {
    const module = device.createShaderModule({ label, code });
    const compute = { module, constants };
    const pipeline = device.createComputePipeline({ label, layout: 'auto', compute });
    const entries = bound.map((each, binding) => ({ binding, resource: { buffer: each } }));
    const layout = pipeline.getBindGroupLayout(0);
    const bindGroup = device.createBindGroup({ label, layout, entries });
    return { pipeline, bindGroup, size };
  }

  return {
    engine,
    masters,
    scores,
    async test({ stds, relative, seed, pair }) {
      const at = { seed, stream: pair, position: 0 };
      for (const [step, std] of stds.entries()) {
        for (const [twin, sign] of ([1, -1] as const).entries()) {
          engine.perturb(tensors(masters, 0), {
            ...{ std, relative, sign, at },
            into: tensors(noisy, 2 * step + twin),
          });
        }
      }
      const encoder = device.createCommandEncoder({ label: 'test' });
      encoder.clearBuffer(results);
      const pass = encoder.beginComputePass({ label: 'test' });
      for (const { pipeline, bindGroup, size } of kernels) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindGroup);
        pass.dispatchWorkgroups(...size);
      }
      pass.end();
      device.queue.submit([encoder.finish()]);
      const found = [...(await engine.read(results, { format: 'u32' }))];
      const trial = (copy: number): Trial => {
        const first = copies + copy * shown;
        return { right: found[copy]!, guesses: found.slice(first, first + shown) };
      };
      return {
        trials: stds.map((_, step) => [trial(2 * step), trial(2 * step + 1)] as const),
        changed: found.at(-1)!,
      };
    },
    destroy() {
      engine.destroy();
      for (const each of buffers) each.destroy();
    },
  };
}

/** The parts of a copy of the weights. */
function tensors(buffer: GPUBuffer, copy: number) {
  return PARTS.map(({ offset, count }) => ({ buffer, offset: copy * STRIDE + offset, count }));
}
