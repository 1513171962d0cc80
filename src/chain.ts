import type { Bindings } from './bindings.js';
import { choice, fields, show } from './check.js';
import type { Failures } from './failures.js';
import { type Job, type JobPart, prepareJob } from './job.js';
import type { Barrier } from './kernel.js';
import { packParams, paramsBytes } from './params.js';
import { type ChainPipeline, pipelineOf } from './pipeline.js';
import type { Plan } from './plan.js';
import { type At, advance, type StreamState, streamState } from './stream.js';
import type { Tables } from './tables.js';
import type { Targets } from './targets.js';
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
   * @param targets the buffer, `{ buffer, offset, count }` in elements, or `{ source, target }`; or a
   * list of these, which counts as one flat vector: the noise is that of its elements one after the
   * other, wherever they lie, in one submit and one pass
   * @returns where the run drew: passing it as `at` repeats the noise
   * @throws {TypeError | RangeError} before anything is submitted, naming the call and the value
   * @throws {Error} when the device is lost or the engine destroyed
   */
  run(targets: Targets<GPUBuffer>, options?: RunOptions): StreamState;
  /**
   * Records one run, to be submitted by the caller. An open compute pass keeps its state but for
   * pipeline and bind group 0.
   *
   * @param into a command encoder, or an open compute pass
   * @returns and throws as `run`
   */
  encode(
    into: GPUCommandEncoder | GPUComputePassEncoder,
    targets: Targets<GPUBuffer>,
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

/** A job, and where in the noise it is done. */
interface PlacedJob extends Job {
  readonly at: StreamState;
  readonly advances: boolean;
}

/** @param runCall how messages call `run`, where another call does it */
export function createChain(host: ChainHost, plan: Plan, runCall = 'run'): Chain {
  const { device, failures, barrier } = host;
  const slotBytes = paramsBytes(plan);
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

  function prepare(call: string, targets: unknown, options: unknown): PlacedJob {
    failures.assertUsable(call);
    const { at } = fields(call, options, ['at']);
    return {
      ...prepareJob(call, plan, targets, device, host.tables),
      at: at === undefined ? host.state : streamState(call, at, host.state),
      advances: at === undefined,
    };
  }

  function record(pass: GPUComputePassEncoder, job: PlacedJob, slot: UniformSlot): void {
    let form: boolean | undefined;
    for (const [index, { target, source, piece, numbers }] of job.parts.entries()) {
      const outOfPlace = source !== undefined;
      if (outOfPlace !== form) pass.setPipeline(pipeline(outOfPlace).get());
      form = outOfPlace;
      const group = host.bindings.group({
        uniforms: slot.buffer,
        uniformBytes: slotBytes,
        target: target.buffer,
        targetBinding: piece.target,
        source: source?.buffer,
        sourceBinding: piece.source,
        varying: numbers,
      });
      pass.setBindGroup(0, group, [slot.offset + index * slotBytes]);
      pass.dispatchWorkgroups(...piece.workgroups);
    }
  }

  function write(job: PlacedJob, slot: UniformSlot): void {
    const packed = packParams(plan, job.at, job.parts);
    device.queue.writeBuffer(slot.buffer, slot.offset, packed);
  }

  const isAccepted = ({ target, source }: JobPart) =>
    source
      ? accepted.other.has(target.buffer) && accepted.other.has(source.buffer)
      : accepted.same.has(target.buffer);

  function accept({ target, source }: JobPart): void {
    if (source) accepted.other.add(target.buffer).add(source.buffer);
    else accepted.same.add(target.buffer);
  }

  /**
   * Does a job and remembers what the device finds wrong with it. A recording on buffers that it has
   * accepted before is not watched: the caller's own `finish` and `submit` tell.
   */
  function perform(call: string, job: PlacedJob, body: () => void): StreamState {
    if (job.parts.length > 0) {
      if (call === 'encode' && job.parts.every(isAccepted)) body();
      else {
        const { refusal } = failures.attempt(call, body);
        const forms = new Set(job.parts.map(({ source }) => source !== undefined));
        const compiled = [...forms].map((outOfPlace) => pipeline(outOfPlace).failure());
        const answer = Promise.all([...compiled, refusal]).then((all) => all.find(Boolean));
        failures.remember(answer);
        answer.then((error) => {
          if (error) for (const { target } of job.parts) host.bindings.forget(target.buffer);
          else for (const part of job.parts) accept(part);
        });
      }
    }
    if (job.advances) host.state = advance(job.at, job.drawn);
    return job.at;
  }

  return Object.freeze<Chain>({
    ...plan,

    run(targets, options = {}) {
      const job = prepare(runCall, targets, options);
      return perform(runCall, job, () => {
        const slot = host.uniforms.forSubmit(slotBytes * job.parts.length);
        write(job, slot);
        const label = `webgpu-noise ${runCall}`;
        const encoder = device.createCommandEncoder({ label });
        const pass = encoder.beginComputePass({ label });
        record(pass, job, slot);
        pass.end();
        device.queue.submit([encoder.finish()]);
      });
    },

    encode(into, targets, options = {}) {
      const isPass = has(into, 'dispatchWorkgroups');
      if (!isPass && !has(into, 'beginComputePass')) {
        throw new TypeError(
          'encode: the first argument must be a GPUCommandEncoder or a GPUComputePassEncoder, ' +
            `got ${show(into)}`,
        );
      }
      const job = prepare('encode', targets, options);
      return perform('encode', job, () => {
        const slot = host.uniforms.forRecording(slotBytes * job.parts.length);
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
