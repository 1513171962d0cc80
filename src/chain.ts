import { choice, fields, show } from './check.js';
import type { Failures } from './failures.js';
import { formsOf, type Job, type JobHost, type JobPart, prepareJob } from './job.js';
import type { Barrier, KernelForm } from './kernel.js';
import { packParams, paramsBytes } from './params.js';
import { type ChainPipeline, pipelineOf } from './pipeline.js';
import type { Plan } from './plan.js';
import { type At, advance, type StreamState, streamState } from './stream.js';
import type { Targets } from './targets.js';
import { textureName } from './texture/kernel.js';
import type { TextureTarget } from './texture/target.js';
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
   * `target`: compile what a run on this target takes, such as textures, instead
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
  readonly barrier: Barrier;
  readonly uniforms: Uniforms;
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
  /** Buffers and textures that the device is known to accept, in place and out of place. */
  const accepted = { same: new WeakSet<WeakKey>(), other: new WeakSet<WeakKey>() };

  const most = device.limits.maxStorageBuffersPerShaderStage - 2; // but target and source
  if (plan.varying.length > most) {
    throw new RangeError(
      `chain: at most ${most} parameters may vary on this device, got ${plan.varying.length}`,
    );
  }

  /** The chain's pipelines by form; finding one among all of the device's takes its whole name. */
  const pipelines = new Map<string, ChainPipeline>();

  function pipeline(form: KernelForm): ChainPipeline {
    const key = form.textures ? textureName(form.textures) : `buffers ${form.outOfPlace}`;
    const known = pipelines.get(key) ?? pipelineOf(device, plan, { barrier, ...form });
    pipelines.set(key, known);
    return known;
  }

  function prepare(call: string, targets: unknown, options: unknown): PlacedJob {
    failures.assertUsable(call);
    const { at } = fields(call, options, ['at']);
    return {
      ...prepareJob(call, plan, targets, host),
      at: at === undefined ? host.state : streamState(call, at, host.state),
      advances: at === undefined,
    };
  }

  function record(pass: GPUComputePassEncoder, job: PlacedJob, slot: UniformSlot): void {
    let set: boolean | undefined;
    for (const [index, { form, piece, group }] of job.parts.entries()) {
      if (form.outOfPlace !== set) pass.setPipeline(pipeline(form).get());
      set = form.outOfPlace;
      pass.setBindGroup(0, group(slot.buffer), [slot.offset + index * slotBytes]);
      pass.dispatchWorkgroups(...piece.workgroups);
    }
  }

  function write(job: PlacedJob, slot: UniformSlot): void {
    const packed = packParams(plan, job.at, job.parts);
    device.queue.writeBuffer(slot.buffer, slot.offset, packed);
  }

  const acceptedAs = ({ form }: JobPart) => (form.outOfPlace ? accepted.other : accepted.same);

  const isAccepted = (part: JobPart) => part.memory.every((each) => acceptedAs(part).has(each));

  function settle(part: JobPart, error: Error | undefined): void {
    const [written] = part.memory;
    if (!error) for (const each of part.memory) acceptedAs(part).add(each);
    else if (written) {
      host.bindings.forget(written);
      host.textureBindings.forget(written);
    }
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
        const kernels = new Set(job.parts.map(({ form }) => pipeline(form)));
        const compiled = [...kernels].map((kernel) => kernel.failure());
        const answer = Promise.all([...compiled, refusal]).then((all) => all.find(Boolean));
        failures.remember(answer);
        answer.then((error) => {
          for (const part of job.parts) settle(part, error);
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
      const { outOfPlace = false, target } = fields('ready', options, ['outOfPlace', 'target']);
      const form = { outOfPlace: choice('ready', 'outOfPlace', outOfPlace, [false, true]) };
      const forms = target === undefined ? [form] : formsOf('ready', plan, target, host);
      try {
        await Promise.all(forms.map((each) => pipeline(each).ready()));
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
