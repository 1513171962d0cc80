import { createNoiseEngine, type NoiseEngine, normal, perturb } from 'webgpu-noise';
import lossCode from './loss.wgsl?raw';
import networkCode from './network.wgsl?raw';
import { POINTS, type Point } from './points.js';

/** Numbers of a network of 2–12–12–1: each unit's weights and its bias. */
export const WEIGHTS = 12 * 3 + 12 * 13 + 13;

/** Pairs of copies that each generation tries. */
export const PAIRS = 16;

const COPIES = 2 * PAIRS;

/** Standard deviation of the weights to begin with. */
const START_STD = 0.5;

export interface Step {
  /** Standard deviation of the noise by which copies differ from the network. */
  readonly std: number;
  readonly rate: number;
}

export interface Generation {
  /** Of the network before the step: mean cross entropy, and points on the right side. */
  readonly loss: number;
  readonly right: number;
  /** What each pair's noise was multiplied by when it was added. */
  readonly coefficients: readonly number[];
}

/** Learns by evolution strategies on the GPU. */
export interface Learner {
  readonly engine: NoiseEngine;
  readonly network: GPUBuffer;
  /** The copies with noise, those with it added first, and the network itself last. */
  readonly copies: GPUBuffer;
  /** Draws a new network, to be taught other points. */
  restart(seed: string, points: readonly Point[]): void;
  /**
   * Tries the copies and moves the network. Generation n draws from stream n + 1. Nothing is moved, and
   * undefined comes back, if there is a new network before the copies' losses are there.
   */
  step(generation: number, step: Step): Promise<Generation | undefined>;
  /** The network's own loss, without a step. */
  look(): Promise<Pick<Generation, 'loss' | 'right'>>;
  destroy(): void;
}

export function createLearner(device: GPUDevice): Learner {
  const engine = createNoiseEngine(device);
  const buffer = (label: string, words: number) => {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    return device.createBuffer({ label, size: 4 * words, usage });
  };
  const network = buffer('network', WEIGHTS);
  const copies = buffer('copies', (COPIES + 1) * WEIGHTS);
  const points = buffer('points', 4 * POINTS);
  const losses = buffer('losses', 2 * (COPIES + 1));
  const pipeline = device.createComputePipeline({
    label: 'loss',
    layout: 'auto',
    compute: {
      module: device.createShaderModule({ label: 'loss', code: networkCode + lossCode }),
      constants: { WEIGHTS },
    },
  });
  const bindGroup = device.createBindGroup({
    label: 'loss',
    layout: pipeline.getBindGroupLayout(0),
    entries: [copies, points, losses].map((each, binding) => ({
      binding,
      resource: { buffer: each },
    })),
  });
  let seed = '0';
  /** How many networks there have been. */
  let starts = 0;

  /** As many networks, one after the other, as a list of which pair i draws i·WEIGHTS samples on. */
  const networks = Array.from({ length: PAIRS }, () => ({ buffer: network, count: WEIGHTS }));
  const twins = (first: number) =>
    networks.map(({ count }, pair) => ({ buffer: copies, offset: (first + pair) * count, count }));

  /** Finds the losses of all copies and of the network: all that comes back to the CPU. */
  function findLosses(): Promise<Float32Array> {
    const encoder = device.createCommandEncoder({ label: 'loss' });
    encoder.copyBufferToBuffer(network, 0, copies, 4 * COPIES * WEIGHTS, 4 * WEIGHTS);
    const pass = encoder.beginComputePass({ label: 'loss' });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(COPIES + 1);
    pass.end();
    device.queue.submit([encoder.finish()]);
    return engine.read(losses);
  }
  const ownOf = (found: Float32Array) => ({
    loss: found[2 * COPIES]!,
    right: found[2 * COPIES + 1]!,
  });

  return {
    engine,
    network,
    copies,
    restart(newSeed, taught) {
      seed = newSeed;
      starts++;
      const rows = taught.flatMap(({ x, y, kind }) => [x, y, kind ? 1 : -1, 0]);
      device.queue.writeBuffer(points, 0, Float32Array.from(rows));
      engine.chain([normal({ std: START_STD })]).run(network, { at: { seed, position: 0 } });
    },
    async step(generation, { std, rate }) {
      const [own, at] = [starts, { seed, stream: generation + 1, position: 0 }];
      engine.perturb(networks, { std, sign: 1, at, into: twins(0) });
      engine.perturb(networks, { std, sign: -1, at, into: twins(PAIRS) });
      const found = await findLosses();
      if (own !== starts) return undefined;
      const coefficients = coefficientsOf(found, rate);
      // The noise of all pairs once more, drawn as it is added: op i of a chain over n elements draws from
      // position i·n on, where pair i drew.
      const ops = coefficients.map((c) => perturb({ std: Math.abs(c), sign: c < 0 ? -1 : 1 }));
      engine.chain(ops).run(network, { at });
      return { ...ownOf(found), coefficients };
    },
    look: async () => ownOf(await findLosses()),
    destroy() {
      engine.destroy();
      for (const each of [network, copies, points, losses]) each.destroy();
    },
  };
}

/**
 * Against what each pair's noise does to the loss: half of what its two copies differ by, in units of the
 * rms of all pairs, so that a step is as long wherever the loss is flat or steep.
 */
function coefficientsOf(found: Float32Array, rate: number): number[] {
  const slopes = Array.from({ length: PAIRS }, (_, pair) => {
    return (found[2 * pair]! - found[2 * (PAIRS + pair)]!) / 2;
  });
  const rms = Math.sqrt(slopes.reduce((sum, slope) => sum + slope ** 2, 0) / PAIRS);
  return slopes.map((slope) => (rms > 0 ? (-rate / PAIRS) * (slope / rms) : 0));
}
