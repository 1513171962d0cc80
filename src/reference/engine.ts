import { choice, fields } from '../check.js';
import { type Format, type FormatArray, formatNames, formats } from '../format.js';
import {
  type AxisMeasureOptions,
  type Measurement,
  type MeasureOptions,
  measureFields,
  measurementOf,
  measurePlan,
} from '../measure.js';
import type { Op } from '../ops/index.js';
import { type EngineOptions, engineSettings } from '../options.js';
import {
  type ChainOptions,
  type ChainSettings,
  type Plan,
  type PlannedKernel,
  plan,
  plannedKernels,
  settingsOf,
} from '../plan.js';
import type { Snapshot } from '../snapshot.js';
import { type At, advance, type StreamState, streamState } from '../stream.js';
import { type Range, resolveRange } from '../target.js';
import { resolveTargets, type Targets, type Tensors } from '../targets.js';
import { type PerturbOptions, perturbation } from '../weights.js';
import { anyArray, arrays, type ReferenceArray, slice } from './arrays.js';
import { storedFormats } from './format.js';
import { applyToTargets } from './list.js';
import { reduce } from './reduce.js';
import { takeSnapshot } from './snapshot.js';

/** A chain on typed arrays. */
export interface ReferenceChain extends ChainSettings {
  readonly ops: readonly Op[];
  /** The kernels that this chain would take on a GPU. */
  readonly plan: readonly PlannedKernel[];
  /** As `Chain.run`, at once and on the CPU. */
  run(targets: Targets<ReferenceArray>, options?: { readonly at?: At }): StreamState;
  ready(): Promise<void>;
}

/** The engine on the CPU: typed arrays instead of GPUBuffers, the same bits. */
export interface ReferenceEngine {
  get state(): StreamState;
  set state(state: At);
  chain(ops: readonly Op[], options?: ChainOptions): ReferenceChain;
  /** As `NoiseEngine.perturb`. */
  perturb(tensors: Tensors<ReferenceArray>, options: PerturbOptions<ReferenceArray>): StreamState;
  /** As `NoiseEngine.snapshot`. */
  snapshot(tensors: Tensors<ReferenceArray>, options?: { readonly format?: Format }): Snapshot;
  /** A copy of some elements, so that code for a GPU engine runs unchanged. */
  read<F extends Format = 'f32'>(
    range: ReferenceArray | Range<ReferenceArray>,
    options?: { readonly format?: F },
  ): Promise<FormatArray[F]>;
  /** As the GPU engine's `measure`. */
  measure(
    range: ReferenceArray | Range<ReferenceArray>,
    options: AxisMeasureOptions,
  ): Promise<Measurement<Float64Array>>;
  measure(
    range: ReferenceArray | Range<ReferenceArray>,
    options?: MeasureOptions,
  ): Promise<Measurement<number>>;
  /** Resolves: the reference is what other engines are verified against. */
  verify(): Promise<void>;
  destroy(): void;
}

/**
 * Makes an engine that needs no GPU. With `math: 'native'` normals are computed in float64.
 *
 * @param options as for `createNoiseEngine`; `barrier` has no meaning here and is ignored
 * @throws {TypeError | RangeError} when an option is out of its range
 */
export function createReferenceEngine(options: EngineOptions = {}): ReferenceEngine {
  const settings = engineSettings('createReferenceEngine', options);
  let { state } = settings;

  function run(call: string, planned: Plan, targets: unknown, options: unknown): StreamState {
    const { at } = fields(call, options, ['at']);
    const resolved = resolveTargets(
      call,
      targets,
      arrays(planned.format),
      !planned.stages[0]!.fills,
    );
    const place = at === undefined ? state : streamState(call, at, state);
    const drawn = applyToTargets(call, planned, resolved, place);
    if (at === undefined) state = advance(place, drawn);
    return place;
  }

  return {
    get state(): StreamState {
      return state;
    },
    set state(at: At) {
      state = streamState('state', at, state, 'state');
    },
    chain(ops, chainOptions = {}) {
      const planned = plan(ops, chainOptions, settings.chain);
      return Object.freeze({
        ...settingsOf(planned),
        ops: planned.ops,
        plan: plannedKernels(planned),
        run: (targets: Targets<ReferenceArray>, runOptions: { at?: At } = {}) =>
          run('run', planned, targets, runOptions),
        ready: async () => {},
      });
    },
    perturb(tensors, perturbOptions) {
      const wanted = perturbation(tensors, perturbOptions, settings.chain, arrays);
      const planned = plan([wanted.op], wanted.settings, settings.chain);
      return run('perturb', planned, wanted.targets, wanted.options);
    },
    snapshot: (tensors, snapshotOptions = {}) => takeSnapshot(tensors, snapshotOptions),
    async read<F extends Format = 'f32'>(
      range: ReferenceArray | Range<ReferenceArray>,
      options: { readonly format?: F } = {},
    ) {
      const { format: wanted = 'f32' } = fields('read', options, ['format']);
      const format = choice('read', 'format', wanted, formatNames);
      const { bytes, view } = formats[format];
      const { buffer, offset, count } = resolveRange('read', 'source', range, anyArray(bytes));
      const copy = new Uint8Array(count * bytes);
      const start = buffer.byteOffset + offset * bytes;
      copy.set(new Uint8Array(buffer.buffer, start, copy.length));
      return view(copy.buffer, 0, count) as FormatArray[F];
    },
    measure: measure as ReferenceEngine['measure'],
    async verify() {},
    destroy() {},
  };
}

async function measure(
  range: ReferenceArray | Range<ReferenceArray>,
  options: MeasureOptions = {},
) {
  const given = measureFields(options);
  const resolved = resolveRange('measure', 'target', range, arrays(given.format));
  const plan = measurePlan(given, resolved);
  const numbers = Float32Array.from(slice(resolved), storedFormats[given.format].load);
  return measurementOf(plan, reduce(numbers, plan.groups, plan.edges));
}
