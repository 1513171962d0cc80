import { choice, fields, has, show } from './check.js';
import type { Failures } from './failures.js';
import { type JobHost, pipelinesFor } from './job.js';
import { createJobs, type PreparedJob } from './jobs.js';
import type { Op } from './ops/index.js';
import type { Pipeline } from './pipeline.js';
import {
  type ChainSettings,
  type Plan,
  type PlannedKernel,
  plannedKernels,
  settingsOf,
} from './plan.js';
import { type At, advance, type StreamState, streamState } from './stream.js';
import type { Targets } from './targets.js';
import type { TextureTarget } from './texture/target.js';
import type { Uniforms } from './uniforms.js';

/** Options of one run. */
export interface RunOptions {
  /**
   * Where in the noise to draw. Fields left out are the engine's. With `at` the engine's own
   * position stays where it is; without, it moves on by the samples drawn.
   */
  readonly at?: At;
}

/** A fused list of ops. Immutable: parameters of another run are another chain, free to make. */
export interface Chain extends ChainSettings {
  readonly ops: readonly Op[];
  /**
   * The kernels that a run takes, in their order: one, unless an op needs to know something of all
   * elements, such as their norm. The chain is cut before each such op; what comes before is stored, in
   * the chain's format, and measured.
   */
  readonly plan: readonly PlannedKernel[];
  /**
   * Records and submits one run. Returns without waiting for the GPU.
   *
   * @param targets the buffer, `{ buffer, offset, count }` in elements, or `{ source, target }`; or a
   * list of these, which counts as one flat vector: the noise is that of its elements one after the
   * other, wherever they lie, in one submit and one pass; or textures in place of buffers
   * @returns where the run drew: passing it as `at` repeats the noise
   * @throws {TypeError | RangeError} before anything is submitted, naming the call and the value
   * @throws {Error} when the device is lost or the engine destroyed
   */
  run(targets: Targets<GPUBuffer> | TextureTarget, options?: RunOptions): StreamState;
  /**
   * Records one run, to be submitted by the caller. An open compute pass keeps its state but for
   * pipeline and bind group 0.
   *
   * @param into a command encoder, or an open compute pass
   * @returns and throws as `run`
   */
  encode(
    into: GPUCommandEncoder | GPUComputePassEncoder,
    targets: Targets<GPUBuffer> | TextureTarget,
    options?: RunOptions,
  ): StreamState;
  /**
   * Compiles ahead, and once per device checks that its exact math gives the right bits.
   *
   * @param options `outOfPlace`: compile the form for `{ source, target }` of buffers instead;
   * `target`: compile what a run on this target takes, and no more; textures need that
   * @throws {Error} when the kernel does not compile, naming file and line; when the device gives
   * wrong bits; when an earlier call was refused by the device
   */
  ready(options?: {
    readonly outOfPlace?: boolean;
    readonly target?: Targets<GPUBuffer> | TextureTarget;
  }): Promise<void>;
}

/** What a chain needs of its engine. */
export interface ChainHost extends JobHost {
  readonly uniforms: Uniforms;
  readonly failures: Failures;
  state: StreamState;
  /** Checks once that the device's exact math gives the right bits. */
  verify(): Promise<void>;
}

/** Compiles all. @throws {Error} the first that does not compile, for all of them: they are told by one */
async function allReady(pipelines: readonly Pipeline[], failures: Failures): Promise<void> {
  const compiled = await Promise.allSettled(pipelines.map((pipeline) => pipeline.ready()));
  const rejected = compiled.filter((each) => each.status === 'rejected');
  for (const { reason } of rejected) await failures.forget(reason);
  if (rejected[0]) throw rejected[0].reason;
}

/** @param runCall how messages call `run`, where another call does it */
export function createChain(host: ChainHost, plan: Plan, runCall = 'run'): Chain {
  const { device, failures } = host;
  const jobs = createJobs(plan, host);

  const most = device.limits.maxStorageBuffersPerShaderStage - 2; // but target and source
  for (const { varying } of plan.stages) {
    if (varying.length <= most) continue;
    throw new RangeError(
      `chain: at most ${most} parameters may vary on this device, got ${varying.length}`,
    );
  }

  /** Where a run draws, and whether the engine's own place moves on with it. */
  function placeOf(call: string, options: unknown): { at: StreamState; advances: boolean } {
    const { at } = fields(call, options, ['at']);
    if (at === undefined) return { at: host.state, advances: true };
    return { at: streamState(call, at, host.state), advances: false };
  }

  /**
   * Does a job and remembers what the device finds wrong with it. A recording that it has accepted before
   * and that needs no memory is not watched: the caller's own `finish` and `submit` tell.
   */
  function perform(call: string, job: PreparedJob, body: () => void): void {
    if (job.dispatches.length === 0) return;
    if (call === 'encode' && job.accepted && host.uniforms.hasRoom(job.uniformBytes)) {
      failures.named(call, body);
      return;
    }
    const { refusal } = failures.attempt(call, body);
    const compiled = job.accepted ? [] : compile(job);
    const answer = Promise.all([...compiled, refusal]).then((all) => all.find(Boolean));
    failures.remember(answer);
    answer.then((error) => {
      job.accepted = !error;
      if (error) jobs.forget(job);
    });
  }

  /** Compiles all that a job may need, what this run has not used for the next; tells what cannot be. */
  function compile({ dispatches }: PreparedJob): Promise<Error | undefined>[] {
    const all = dispatches.flatMap(({ pipeline, aligned = pipeline }) => [pipeline, aligned]);
    return [...new Set(all)].map((pipeline) =>
      pipeline.ready().then(
        () => undefined,
        (error: Error) => error,
      ),
    );
  }

  /** Does what a call is asked to do, and moves on in the noise. */
  function call(
    name: string,
    targets: unknown,
    options: unknown,
    body: (job: PreparedJob, at: StreamState) => void,
  ): StreamState {
    failures.assertUsable(name);
    const { at, advances } = placeOf(name, options);
    const job = jobs.prepare(name, targets);
    perform(name, job, () => body(job, at));
    if (advances) host.state = advance(at, job.drawn);
    return at;
  }

  return Object.freeze<Chain>({
    ...settingsOf(plan),
    ops: plan.ops,
    plan: plannedKernels(plan),

    run: (targets, options = {}) =>
      call(runCall, targets, options, (job, at) => {
        const slot = host.uniforms.forSubmit(job.uniformBytes);
        job.write(slot, at);
        const label = `webgpu-noise ${runCall}`;
        const encoder = device.createCommandEncoder({ label });
        const pass = encoder.beginComputePass({ label });
        job.record(pass, slot);
        pass.end();
        device.queue.submit([encoder.finish()]);
      }),

    encode(into, targets, options = {}) {
      const isPass = has(into, 'dispatchWorkgroups');
      if (!isPass && !has(into, 'beginComputePass')) {
        throw new TypeError(
          'encode: the first argument must be a GPUCommandEncoder or a GPUComputePassEncoder, ' +
            `got ${show(into)}`,
        );
      }
      return call('encode', targets, options, (job, at) => {
        const slot = host.uniforms.forRecording(job.uniformBytes);
        job.write(slot, at);
        if (isPass) return job.record(into as GPUComputePassEncoder, slot);
        const encoder = into as GPUCommandEncoder;
        const pass = encoder.beginComputePass({ label: 'webgpu-noise encode' });
        try {
          job.record(pass, slot);
        } finally {
          pass.end(); // else the caller's encoder could not be finished
        }
      });
    },

    async ready(options = {}) {
      failures.assertUsable('ready');
      const { outOfPlace = false, target } = fields('ready', options, ['outOfPlace', 'target']);
      const wanted = {
        target,
        outOfPlace: choice('ready', 'outOfPlace', outOfPlace, [false, true]),
      };
      const pipelines = new Set(pipelinesFor('ready', plan, wanted, host));
      try {
        await allReady([...pipelines], failures);
        if (plan.math === 'exact') await host.verify();
        await failures.settle();
      } catch (error) {
        await failures.forget(error);
        await failures.explain('ready', error);
      }
      failures.assertUsable('ready');
    },
  });
}
