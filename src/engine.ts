import { defaultBarrier } from './adapter.js';
import { createBindings } from './bindings.js';
import { USAGE } from './buffer.js';
import { type Chain, type ChainHost, createChain } from './chain.js';
import { createFailures } from './failures.js';
import type { Format, FormatArray } from './format.js';
import { checkDevice, ENGINE } from './framework/device.js';
import { product } from './indices.js';
import type { Barrier } from './kernel.js';
import type { AxisMeasureOptions, Measurement, MeasureOptions } from './measure.js';
import { createMeasurer } from './measurer.js';
import type { Op } from './ops/index.js';
import { type EngineOptions, engineSettings } from './options.js';
import { createPerturbing } from './perturbing.js';
import { type ChainOptions, plan } from './plan.js';
import { createReader } from './read.js';
import { createPartials } from './reduce/partials.js';
import { createSnapshots, type Snapshot } from './snapshot.js';
import { type At, type StreamState, streamState } from './stream.js';
import { createTables } from './tables.js';
import type { Range } from './target.js';
import type { Tensors } from './targets.js';
import { createUniforms } from './uniforms.js';
import { hashWords, VERIFY_HASH, VERIFY_SEED, VERIFY_SHAPE, verifyRuns } from './verify.js';
import type { PerturbOptions } from './weights.js';

/** Noise on one GPUDevice. */
export interface NoiseEngine {
  /** @internal */
  readonly [ENGINE]: true;
  /** The caller's, as it was given. */
  readonly device: GPUDevice;
  /** The one that was asked for, or that is faster on the device. */
  readonly barrier: Barrier;
  /**
   * Where the next run without `at` draws. Setting a saved state resumes it bit for bit; fields left out
   * stay as they are.
   *
   * @throws {TypeError | RangeError} when set to what is none, and keeps the old one
   */
  get state(): StreamState;
  set state(state: At);
  /**
   * Fuses ops into one kernel, or as few as there can be: see the chain's `plan`.
   *
   * @param ops 1 to 64 of them
   * @param options `format` of the elements (default 'f32'); `math`, `rounds`, `rounding` (default: the
   * engine's)
   * @throws {TypeError | RangeError} for no ops or too many, an unknown op, a source anywhere but first, an
   * op in a format that it does not have, an option that is not one of its choices, or more parameters that
   * vary than the device has bindings for
   */
  chain(ops: readonly Op[], options?: ChainOptions): Chain;
  /**
   * Perturbs the weights of a whole model: the op `perturb` over a list of tensors, which count as
   * one flat vector, in one submit and one pass. Tensor k's element i draws the sample at position +
   * (elements before tensor k) + i, so that the same `at` draws the same noise again.
   *
   * @param tensors buffers, or `{ buffer, offset, count }` in elements
   * @param options of the op, the chain and the run; `into` keeps the tensors as they are
   * @returns where it drew
   * @throws {TypeError | RangeError} before anything is submitted; also for tensors that overlap
   */
  perturb(tensors: Tensors<GPUBuffer>, options: PerturbOptions<GPUBuffer>): StreamState;
  /**
   * Copies tensors on the GPU, to give them the exact bits back after noise, which rounds. Any ranges
   * will do; it is fastest when all are whole words of buffers with usage COPY_SRC and COPY_DST. The
   * copies take as many bytes as the tensors.
   *
   * @param tensors buffers, or `{ buffer, offset, count }` in elements
   * @param options `format` of the elements (default 'f32')
   * @throws {TypeError | RangeError} before anything is submitted; also for tensors that overlap
   */
  snapshot(tensors: Tensors<GPUBuffer>, options?: { readonly format?: Format }): Snapshot;
  /**
   * Copies elements to the CPU: the only call that does. Needs usage COPY_SRC. Rejects with what an
   * earlier call was refused for, if anything.
   *
   * @param range the buffer, or `{ buffer, offset, count }` in elements
   * @param options `format` of the elements (default 'f32')
   * @throws {TypeError | RangeError} as a rejection, naming the field and the value
   */
  read<F extends Format = 'f32'>(
    range: GPUBuffer | Range<GPUBuffer>,
    options?: { readonly format?: F },
  ): Promise<FormatArray[F]>;
  /**
   * Measures elements on the GPU, as they are when it is called: mean, standard deviation and other
   * moments, extremes, and a histogram if asked. Only these numbers come back to the CPU, and they are
   * the same bits on every device. Rejects with what an earlier call was refused for, if anything.
   *
   * @param range the buffer, or `{ buffer, offset, count, shape }` in elements, up to 2^31 of them
   * @param options `format` of the elements (default 'f32'); `histogram`; `axis` for numbers per index
   * along axes of the range's shape
   * @throws {TypeError | RangeError} as a rejection, naming the field and the value
   */
  measure(
    range: GPUBuffer | Range<GPUBuffer>,
    options: AxisMeasureOptions,
  ): Promise<Measurement<Float64Array>>;
  measure(
    range: GPUBuffer | Range<GPUBuffer>,
    options?: MeasureOptions,
  ): Promise<Measurement<number>>;
  /**
   * Checks once per device that it gives the bits that exact math promises, by the hash of 131,072
   * elements.
   *
   * @throws {Error} when it does not
   */
  verify(): Promise<void>;
  /** Frees what the engine made, never the caller's. Recorded passes not yet submitted are lost. */
  destroy(): void;
}

/**
 * Makes an engine on the caller's device.
 *
 * @param options `seed`, `stream` (0 to 2^64 − 1) and `position` (0 to 2^66 − 1, in samples) to
 * start from, all 0 by default; `math`, `rounds`, `rounding` for its chains; `barrier`
 * @throws {TypeError | RangeError} when the device is none, or an option is out of its range
 */
export function createNoiseEngine(device: GPUDevice, options: EngineOptions = {}): NoiseEngine {
  return createEngine(device, options, (barrier) => verifyOnce(device, barrier));
}

function createEngine(
  device: GPUDevice,
  options: EngineOptions,
  verify: (barrier: Barrier) => Promise<void>,
): NoiseEngine {
  const call = 'createNoiseEngine';
  checkDevice(call, device);
  const settings = engineSettings(call, options);
  const { barrier = defaultBarrier(device) } = settings;
  const failures = createFailures(device);
  const uniforms = createUniforms(failures);
  const tables = createTables(device, failures);
  const reader = createReader(device, failures);
  const host: ChainHost = {
    device,
    barrier,
    uniforms,
    bindings: createBindings(device),
    tables,
    partials: createPartials(failures),
    failures,
    state: settings.state,
    verify: () => verify(barrier),
  };

  const snapshots = createSnapshots(host);
  const perturbing = createPerturbing(host, settings.chain);

  return {
    [ENGINE]: true,
    device,
    barrier,
    get state(): StreamState {
      return host.state;
    },
    set state(state: At) {
      failures.assertUsable('state');
      host.state = streamState('state', state, host.state, 'state');
    },
    chain(ops, chainOptions = {}) {
      failures.assertUsable('chain');
      return createChain(host, plan(ops, chainOptions, settings.chain));
    },
    perturb(tensors, perturbOptions) {
      failures.assertUsable('perturb');
      return perturbing(tensors, perturbOptions);
    },
    snapshot: (tensors, snapshotOptions = {}) => snapshots.take(tensors, snapshotOptions),
    read: (range, readOptions = {}) => reader.read(range, readOptions),
    measure: createMeasurer({ ...host, reader }),
    async verify() {
      failures.assertUsable('verify');
      try {
        await host.verify();
      } catch (error) {
        await failures.explain('verify', error);
      }
    },
    destroy() {
      failures.close();
      uniforms.destroy();
      tables.destroy();
      host.partials.destroy();
      snapshots.destroy();
      reader.destroy();
    },
  };
}

const verified = new WeakMap<GPUDevice, Map<Barrier, Promise<number>>>();

async function verifyOnce(device: GPUDevice, barrier: Barrier): Promise<void> {
  const known = verified.get(device) ?? new Map<Barrier, Promise<number>>();
  verified.set(device, known);
  const check = known.get(barrier) ?? hashOf(device, barrier);
  known.set(barrier, check);
  let hash: number;
  try {
    hash = await check;
  } catch (error) {
    // What kept it from an answer may be over when it is asked again.
    if (known.get(barrier) === check) known.delete(barrier);
    throw error;
  }
  if (hash === VERIFY_HASH) return;
  throw new Error(
    `verify: exact math on this device ('${barrier}' barriers) must hash to ${VERIFY_HASH}, got ` +
      `${hash}; its results differ from other devices`,
  );
}

/** The hash of what exact math gives on a device. */
async function hashOf(device: GPUDevice, barrier: Barrier): Promise<number> {
  // Its own chains' ready() compiles ahead, and must not wait for what it is a part of.
  const engine = createEngine(device, { seed: VERIFY_SEED, barrier }, async () => {});
  const failures = createFailures(device);
  const usage = USAGE.STORAGE | USAGE.COPY_SRC;
  const count = product(VERIFY_SHAPE);
  const size = 4 * (count + 1);
  const { value: buffer, refusal } = failures.attempt('verify', () =>
    failures.createBuffer({ label: 'webgpu-noise verify', size, usage }),
  );
  const hashes: number[] = [];
  try {
    const error = await refusal;
    if (error) throw error;
    for (const { ops, offset } of verifyRuns) {
      const range = { buffer, offset, count };
      const target = { ...range, shape: VERIFY_SHAPE };
      const chain = engine.chain(ops);
      await chain.ready({ target });
      chain.run(target);
      hashes.push(hashWords(await engine.read(range, { format: 'u32' })));
    }
  } finally {
    buffer.destroy();
    engine.destroy();
  }
  return hashWords(Uint32Array.from(hashes));
}
