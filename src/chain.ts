import type { Bindings, Bound } from './bindings.js';
import { gpuBuffers, isBuffer } from './buffer.js';
import { choice, fields, show } from './check.js';
import { samplesOf } from './draws.js';
import type { Failures } from './failures.js';
import { formats } from './format.js';
import type { Indices } from './indices.js';
import type { Barrier } from './kernel.js';
import { indicesOf, type VaryingParameter, valuesOf } from './parameter.js';
import { packParams, paramsBytes, samplesDrawn } from './params.js';
import { type Piece, pieces } from './pieces.js';
import { type ChainPipeline, pipelineOf, workgroupOf } from './pipeline.js';
import { type Plan, parameterName } from './plan.js';
import { type At, advance, type StreamState, streamState } from './stream.js';
import type { Tables } from './tables.js';
import { type ResolvedTarget, resolveTarget, type Target } from './target.js';
import type { UniformSlot, Uniforms } from './uniforms.js';

/** Options of one run. */
export interface RunOptions {
  /**
   * Where in the noise to draw. Fields left out are the engine's. With `at` the engine's own
   * position stays where it is; without, it moves on by the samples drawn.
   */
  readonly at?: At;
}

/** A fused list of ops. Immutable: parameters of another run are another chain, free to make. */
export interface Chain extends Plan {
  /**
   * Records and submits one run. Returns without waiting for the GPU.
   *
   * @param target the buffer, `{ buffer, offset, count }` in elements, or `{ source, target }`
   * @returns where the run drew: passing it as `at` repeats the noise
   * @throws {TypeError | RangeError} before anything is submitted, naming the call and the value
   * @throws {Error} when the device is lost or the engine destroyed
   */
  run(target: Target<GPUBuffer>, options?: RunOptions): StreamState;
  /**
   * Records one run, to be submitted by the caller. An open compute pass keeps its state but for
   * pipeline and bind group 0.
   *
   * @param into a command encoder, or an open compute pass
   * @returns and throws as `run`
   */
  encode(
    into: GPUCommandEncoder | GPUComputePassEncoder,
    target: Target<GPUBuffer>,
    options?: RunOptions,
  ): StreamState;
  /**
   * Compiles ahead, and once per device checks that its exact math gives the right bits.
   *
   * @param options `outOfPlace`: compile the form for `{ source, target }` instead
   * @throws {Error} when the kernel does not compile, naming file and line; when the device gives
   * wrong bits; when an earlier call was refused by the device
   */
  ready(options?: { readonly outOfPlace?: boolean }): Promise<void>;
}

/** What a chain needs of its engine. */
export interface ChainHost {
  readonly device: GPUDevice;
  readonly barrier: Barrier;
  readonly uniforms: Uniforms;
  readonly bindings: Bindings;
  readonly tables: Tables;
  readonly failures: Failures;
  state: StreamState;
  /** Checks once that the device's exact math gives the right bits. */
  verify(): Promise<void>;
}

/** One run, checked and packed, not yet recorded. */
interface Job extends ResolvedTarget<GPUBuffer> {
  readonly at: StreamState;
  readonly advances: boolean;
  readonly pieces: readonly Piece[];
  /** How each parameter varies, and the numbers by which it does. */
  readonly indices: readonly Indices[];
  readonly varying: Bound['varying'];
  /** For each draw, which of its samples belongs to which element. */
  readonly samples: readonly Indices[];
}

export function createChain(host: ChainHost, plan: Plan): Chain {
  const { device, failures, barrier } = host;
  const { bytes } = formats[plan.format];
  const buffers = gpuBuffers(bytes, 'STORAGE');
  const numbers = gpuBuffers(4, 'STORAGE');
  const slotBytes = paramsBytes(plan);
  const workgroup = workgroupOf(device);
  /** Buffers that the device is known to accept, in place and out of place. */
  const accepted = { same: new WeakSet<GPUBuffer>(), other: new WeakSet<GPUBuffer>() };

  const most = device.limits.maxStorageBuffersPerShaderStage - 2; // but target and source
  if (plan.varying.length > most) {
    throw new RangeError(
      `chain: at most ${most} parameters may vary on this device, got ${plan.varying.length}`,
    );
  }

  const pipeline = (outOfPlace: boolean): ChainPipeline =>
    pipelineOf(device, plan, { barrier, outOfPlace });

  function prepare(call: string, target: unknown, options: unknown): Job {
    failures.assertUsable(call);
    const { at } = fields(call, options, ['at']);
    const resolved = resolveTarget(call, target, buffers);
    // A chain that fills reads nothing, so it needs no source.
    const used = plan.fills ? { target: resolved.target } : resolved;
    const indices = plan.varying.map((p) =>
      indicesOf(call, parameterName(plan, p), p, used.target),
    );
    return {
      ...used,
      at: at === undefined ? host.state : streamState(call, at, host.state),
      advances: at === undefined,
      pieces: pieces(used, bytes, workgroup, device.limits),
      indices,
      samples: plan.draws.map((draw) => samplesOf(call, plan.ops[draw.op]!.op, draw, used.target)),
      varying: plan.varying.map((p, i) => numbersOf(call, p, indices[i]!, used.target.buffer)),
    };
  }

  /** The buffer of a parameter's numbers, which a kernel must be able to read beside its target. */
  function numbersOf(
    call: string,
    parameter: VaryingParameter,
    indices: Indices,
    target: GPUBuffer,
  ) {
    const name = parameterName(plan, parameter);
    const values = valuesOf(parameter);
    const buffer = Array.isArray(values) ? host.tables.of(values) : values;
    if (!isBuffer(buffer)) {
      throw new TypeError(`${call}: ${name} must be in a GPUBuffer, got ${show(buffer)}`);
    }
    numbers.check(call, name, buffer);
    if (buffer === target) {
      throw new TypeError(`${call}: ${name} must not be in the target's buffer, got the same`);
    }
    const size = 4 * indices.count;
    const { maxStorageBufferBindingSize: limit } = device.limits;
    if (size <= limit) return { buffer, size };
    throw new RangeError(`${call}: ${name} must be at most ${limit} bytes, got ${size}`);
  }

  function record(pass: GPUComputePassEncoder, job: Job, slot: UniformSlot): void {
    pass.setPipeline(pipeline(job.source !== undefined).get());
    for (const [index, piece] of job.pieces.entries()) {
      const group = host.bindings.group({
        uniforms: slot.buffer,
        uniformBytes: slotBytes,
        target: job.target.buffer,
        targetBinding: piece.target,
        source: job.source?.buffer,
        sourceBinding: piece.source,
        varying: job.varying,
      });
      pass.setBindGroup(0, group, [slot.offset + index * slotBytes]);
      pass.dispatchWorkgroups(...piece.workgroups);
    }
  }

  function write(job: Job, slot: UniformSlot): void {
    const run = { state: job.at, varying: job.indices, samples: job.samples };
    const packed = packParams(plan, run, job.pieces);
    device.queue.writeBuffer(slot.buffer, slot.offset, packed);
  }

  /**
   * Does a job and remembers what the device finds wrong with it. A recording on buffers that it has
   * accepted before is not watched: the caller's own `finish` and `submit` tell.
   */
  function perform(call: 'run' | 'encode', job: Job, body: () => void): StreamState {
    if (job.pieces.length > 0) {
      const { target, source = target } = job;
      const known = job.source ? accepted.other : accepted.same;
      const isKnown = known.has(target.buffer) && known.has(source.buffer);
      if (call === 'encode' && isKnown) body();
      else {
        const { refusal } = failures.attempt(call, body);
        const compiled = pipeline(job.source !== undefined).failure();
        const answer = Promise.all([compiled, refusal]).then(([first, second]) => first ?? second);
        failures.remember(answer);
        answer.then((error) => {
          if (error) host.bindings.forget(target.buffer);
          else known.add(target.buffer).add(source.buffer);
        });
      }
    }
    if (job.advances) {
      host.state = advance(job.at, samplesDrawn(job));
    }
    return job.at;
  }

  return Object.freeze<Chain>({
    ...plan,

    run(target, options = {}) {
      const job = prepare('run', target, options);
      return perform('run', job, () => {
        const slot = host.uniforms.forSubmit(slotBytes * job.pieces.length);
        write(job, slot);
        const encoder = device.createCommandEncoder({ label: 'webgpu-noise run' });
        const pass = encoder.beginComputePass({ label: 'webgpu-noise run' });
        record(pass, job, slot);
        pass.end();
        device.queue.submit([encoder.finish()]);
      });
    },

    encode(into, target, options = {}) {
      const isPass = has(into, 'dispatchWorkgroups');
      if (!isPass && !has(into, 'beginComputePass')) {
        throw new TypeError(
          'encode: the first argument must be a GPUCommandEncoder or a GPUComputePassEncoder, ' +
            `got ${show(into)}`,
        );
      }
      const job = prepare('encode', target, options);
      return perform('encode', job, () => {
        const slot = host.uniforms.forRecording(slotBytes * job.pieces.length);
        write(job, slot);
        if (isPass) return record(into as GPUComputePassEncoder, job, slot);
        const encoder = into as GPUCommandEncoder;
        const pass = encoder.beginComputePass({ label: 'webgpu-noise encode' });
        record(pass, job, slot);
        pass.end();
      });
    },

    async ready(options = {}) {
      failures.assertUsable('ready');
      const { outOfPlace = false } = fields('ready', options, ['outOfPlace']);
      const wanted = pipeline(choice('ready', 'outOfPlace', outOfPlace, [false, true]));
      try {
        await wanted.ready();
        if (plan.math === 'exact') await host.verify();
        await failures.settle();
      } catch (error) {
        await failures.forget(error);
        failures.assertUsable('ready');
        throw error;
      }
      failures.assertUsable('ready');
    },
  });
}

function has(value: unknown, method: string): boolean {
  return typeof value === 'object' && value !== null && method in value;
}
