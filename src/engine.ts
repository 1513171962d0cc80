import { createBindings } from './bindings.js';
import { USAGE } from './buffer.js';
import { type Chain, type ChainHost, createChain } from './chain.js';
import { choice, fields, show } from './check.js';
import { createFailures } from './failures.js';
import type { Format, FormatArray } from './format.js';
import type { Barrier } from './kernel.js';
import type { Op } from './ops/index.js';
import { normal } from './ops/normal.js';
import { type ChainOptions, chainSettings, DEFAULTS, plan } from './plan.js';
import { createReader } from './read.js';
import { type At, ORIGIN, type StreamState, streamState } from './stream.js';
import type { Range } from './target.js';
import { createUniforms } from './uniforms.js';
import { hashWords, VERIFY_COUNT, VERIFY_HASH, VERIFY_SEED } from './verify.js';

/** Where an engine starts in the noise, and what its chains are unless they say otherwise. */
export interface EngineOptions extends At, Omit<ChainOptions, 'format'> {
  /**
   * How exact math keeps products apart from sums on this device. Both give the same bits; the
   * default is the faster one for the device's kind.
   */
  readonly barrier?: Barrier;
}

/** Noise on one GPUDevice. */
export interface NoiseEngine {
  readonly device: GPUDevice;
  readonly barrier: Barrier;
  /** Where the next run without `at` draws. Setting a saved state resumes it bit for bit. */
  get state(): StreamState;
  set state(state: At);
  /**
   * Fuses ops into one kernel.
   *
   * @throws {TypeError | RangeError} for no ops, an unknown op, a source anywhere but first, or an
   * option that is not one of its choices
   */
  chain(ops: readonly Op[], options?: ChainOptions): Chain;
  /**
   * Copies elements to the CPU: the only call that does. Needs usage COPY_SRC. Rejects with what an
   * earlier call was refused for, if anything.
   *
   * @param range the buffer, or `{ buffer, offset, count }` in elements
   * @param options `format` of the elements (default 'f32')
   */
  read<F extends Format = 'f32'>(
    range: GPUBuffer | Range<GPUBuffer>,
    options?: { readonly format?: F },
  ): Promise<FormatArray[F]>;
  /**
   * Checks that this device gives the bits that exact math promises, on 65,536 normals.
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
  const call = 'createNoiseEngine';
  if (typeof device?.createComputePipeline !== 'function') {
    throw new TypeError(`${call}: device must be a GPUDevice, got ${show(device)}`);
  }
  const given = fields(call, options, [
    'seed',
    'stream',
    'position',
    'math',
    'rounds',
    'rounding',
    'barrier',
  ]);
  const { seed, stream, position, barrier = defaultBarrier(device), ...rest } = given;
  const settings = chainSettings(call, rest, DEFAULTS);
  const failures = createFailures(device);
  const uniforms = createUniforms(device);
  const reader = createReader(device, failures);
  const host: ChainHost = {
    device,
    barrier: choice(call, 'barrier', barrier, ['saturate', 'xor']),
    uniforms,
    bind: createBindings(device),
    failures,
    state: streamState(call, { seed, stream, position }, ORIGIN),
    verify: () => verifyOnce(device, host.barrier),
  };

  return {
    device,
    barrier: host.barrier,
    get state(): StreamState {
      return host.state;
    },
    set state(state: At) {
      host.state = streamState('state', state, host.state);
    },
    chain: (ops, chainOptions = {}) => createChain(host, plan(ops, chainOptions, settings)),
    read: (range, readOptions = {}) => reader.read(range, readOptions),
    async verify() {
      failures.assertUsable('verify');
      await host.verify();
    },
    destroy() {
      failures.close();
      uniforms.destroy();
      reader.destroy();
    },
  };
}

/** Software adapters run the xor form faster, hardware the saturate form. */
function defaultBarrier({ adapterInfo }: GPUDevice): Barrier {
  const { isFallbackAdapter, architecture = '', description = '', vendor = '' } = adapterInfo ?? {};
  const names = `${vendor} ${architecture} ${description}`;
  const software = isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|software|warp/i.test(names);
  return software ? 'xor' : 'saturate';
}

const verified = new WeakMap<GPUDevice, Map<Barrier, Promise<void>>>();

function verifyOnce(device: GPUDevice, barrier: Barrier): Promise<void> {
  const known = verified.get(device) ?? new Map<Barrier, Promise<void>>();
  verified.set(device, known);
  const check = known.get(barrier) ?? verify(device, barrier);
  known.set(barrier, check);
  return check;
}

async function verify(device: GPUDevice, barrier: Barrier): Promise<void> {
  const engine = createNoiseEngine(device, { seed: VERIFY_SEED, barrier });
  const usage = USAGE.STORAGE | USAGE.COPY_SRC;
  const buffer = device.createBuffer({
    label: 'webgpu-noise verify',
    size: 4 * VERIFY_COUNT,
    usage,
  });
  try {
    engine.chain([normal()]).run(buffer);
    const hash = hashWords(await engine.read(buffer, { format: 'u32' }));
    if (hash !== VERIFY_HASH) {
      throw new Error(
        `verify: exact normals of this device ('${barrier}' barriers) must hash to ` +
          `${VERIFY_HASH}, got ${hash}; its results differ from other devices`,
      );
    }
  } finally {
    buffer.destroy();
    engine.destroy();
  }
}
