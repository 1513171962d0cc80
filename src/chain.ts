import type { Bindings } from './bindings.js';
import { gpuBuffers } from './buffer.js';
import { choice, fields, show } from './check.js';
import type { Failures } from './failures.js';
import { formats } from './format.js';
import type { Barrier, KernelChoice } from './kernel.js';
import { packParams, paramsBytes } from './params.js';
import { type Piece, pieces } from './pieces.js';
import { type ChainPipeline, pipelineOf, workgroupOf } from './pipeline.js';
import type { Plan } from './plan.js';
import { type At, advance, type StreamState, streamState } from './stream.js';
import { type ResolvedTarget, resolveTarget, type Target } from './target.js';
import type { TextureBindings } from './texture/bindings.js';
import { texturePieces } from './texture/pieces.js';
import {
  hasTexture,
  type ResolvedTextureTarget,
  resolveTextureTarget,
  type TextureTarget,
} from './texture/target.js';
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
   * @param target the buffer, `{ buffer, offset, count }` in elements, or `{ source, target }` of
   * these or of textures
   * @returns where the run drew: passing it as `at` repeats the noise
   * @throws {TypeError | RangeError} before anything is submitted, naming the call and the value
   * @throws {Error} when the device is lost or the engine destroyed
   */
  run(target: Target<GPUBuffer> | TextureTarget, options?: RunOptions): StreamState;
  /**
   * Records one run, to be submitted by the caller. An open compute pass keeps its state but for
   * pipeline and bind group 0.
   *
   * @param into a command encoder, or an open compute pass
   * @returns and throws as `run`
   */
  encode(
    into: GPUCommandEncoder | GPUComputePassEncoder,
    target: Target<GPUBuffer> | TextureTarget,
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
    readonly target?: Target<GPUBuffer> | TextureTarget;
  }): Promise<void>;
}

/** What a chain needs of its engine. */
export interface ChainHost {
  readonly device: GPUDevice;
  readonly barrier: Barrier;
  readonly uniforms: Uniforms;
  readonly bindings: Bindings;
  readonly textureBindings: TextureBindings;
  readonly failures: Failures;
  state: StreamState;
  /** Checks once that the device's exact math gives the right bits. */
  verify(): Promise<void>;
}

/** What a run reads and writes, checked and cut into pieces. */
interface Work {
  readonly choice: Omit<KernelChoice, 'barrier'>;
  readonly target: { readonly buffer: WeakKey; readonly count: number };
  readonly source?: { readonly buffer: WeakKey } | undefined;
  readonly pieces: readonly Piece[];
  readonly group: (piece: Piece, uniforms: GPUBuffer) => GPUBindGroup;
}

/** One run, checked, not yet recorded. */
interface Job extends Work {
  readonly at: StreamState;
  readonly advances: boolean;
}

export function createChain(host: ChainHost, plan: Plan): Chain {
  const { device, failures, barrier } = host;
  const { bytes } = formats[plan.format];
  const buffers = gpuBuffers(bytes, 'STORAGE');
  const slotBytes = paramsBytes(plan);
  const workgroup = workgroupOf(device);
  /** Buffers and textures that the device is known to accept, in place and out of place. */
  const accepted = { same: new WeakSet<WeakKey>(), other: new WeakSet<WeakKey>() };

  const pipeline = (choice: Work['choice']): ChainPipeline =>
    pipelineOf(device, plan, { barrier, ...choice });

  function workOnBuffers(resolved: ResolvedTarget<GPUBuffer>): Work {
    // A chain that fills reads nothing, so it needs no source.
    const { target, source } = plan.fills ? { target: resolved.target } : resolved;
    return {
      choice: { outOfPlace: source !== undefined },
      target,
      source,
      pieces: pieces(source ? { target, source } : { target }, bytes, workgroup, device.limits),
      group: (piece, uniforms) =>
        host.bindings.group({
          uniforms,
          uniformBytes: slotBytes,
          target: target.buffer,
          targetBinding: piece.target,
          source: source?.buffer,
          sourceBinding: piece.source,
        }),
    };
  }

  function workOnTextures(resolved: ResolvedTextureTarget): Work {
    const { textures, target, source } = resolved;
    return {
      choice: { outOfPlace: source !== undefined, textures },
      target,
      source,
      pieces: texturePieces(resolved, bytes, workgroup, device.limits),
      group: (piece, uniforms) => host.textureBindings.group(resolved, piece, uniforms, slotBytes),
    };
  }

  function workOn(call: string, target: unknown): Work {
    if (!hasTexture(target)) return workOnBuffers(resolveTarget(call, target, buffers));
    const resolved = resolveTextureTarget(call, target, plan, device.features);
    return resolved.textures ? workOnTextures(resolved) : workOnBuffers(resolved);
  }

  function prepare(call: string, target: unknown, options: unknown): Job {
    failures.assertUsable(call);
    const { at } = fields(call, options, ['at']);
    return {
      ...workOn(call, target),
      at: at === undefined ? host.state : streamState(call, at, host.state),
      advances: at === undefined,
    };
  }

  function record(pass: GPUComputePassEncoder, job: Job, slot: UniformSlot): void {
    pass.setPipeline(pipeline(job.choice).get());
    for (const [index, piece] of job.pieces.entries()) {
      const group = job.group(piece, slot.buffer);
      pass.setBindGroup(0, group, [slot.offset + index * slotBytes]);
      pass.dispatchWorkgroups(...piece.workgroups);
    }
  }

  function write(job: Job, slot: UniformSlot): void {
    const packed = packParams(plan, job.at, job.target.count, job.pieces);
    device.queue.writeBuffer(slot.buffer, slot.offset, packed);
  }

  function forget(target: WeakKey): void {
    host.bindings.forget(target);
    host.textureBindings.forget(target);
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
        const compiled = pipeline(job.choice).failure();
        const answer = Promise.all([compiled, refusal]).then(([first, second]) => first ?? second);
        failures.remember(answer);
        answer.then((error) => {
          if (error) forget(target.buffer);
          else known.add(target.buffer).add(source.buffer);
        });
      }
    }
    if (job.advances) {
      host.state = advance(job.at, BigInt(plan.draws) * BigInt(job.target.count));
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
      const { outOfPlace = false, target } = fields('ready', options, ['outOfPlace', 'target']);
      const form = { outOfPlace: choice('ready', 'outOfPlace', outOfPlace, [false, true]) };
      const wanted = pipeline(target === undefined ? form : workOn('ready', target).choice);
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
