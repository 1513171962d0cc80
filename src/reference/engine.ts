import { choice, fields } from '../check.js';
import { type ClipNormOptions, clipNormFields, clipNormGroups } from '../clipNorm.js';
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
import { type ChainOptions, type Plan, plan } from '../plan.js';
import { type At, advance, type StreamState, streamState } from '../stream.js';
import {
  type BufferTrait,
  type Range,
  type ResolvedRange,
  resolveRange,
  resolveTarget,
  type Target,
} from '../target.js';
import { applyChain, type ReferenceArray } from './apply.js';
import { clipNorms } from './clipNorm.js';
import { storedFormats } from './format.js';
import { reduce } from './reduce.js';

/** A chain on typed arrays. */
export interface ReferenceChain extends Plan {
  /** As `Chain.run`, at once and on the CPU. */
  run(target: Target<ReferenceArray>, options?: { readonly at?: At }): StreamState;
  ready(): Promise<void>;
}

/** The engine on the CPU: typed arrays instead of GPUBuffers, the same bits. */
export interface ReferenceEngine {
  get state(): StreamState;
  set state(state: At);
  chain(ops: readonly Op[], options?: ChainOptions): ReferenceChain;
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
  /** As the GPU engine's `clipNorm`, at once. */
  clipNorm(range: ReferenceArray | Range<ReferenceArray>, options: ClipNormOptions): void;
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
        ...planned,
        run(target: Target<ReferenceArray>, runOptions: { at?: At } = {}) {
          const { at } = fields('run', runOptions, ['at']);
          const { target: to, source: from = to } = resolveTarget(
            'run',
            target,
            arrays(planned.format),
          );
          const place = at === undefined ? state : streamState('run', at, state);
          const output = slice(to);
          if (!planned.fills && from !== to) output.set(slice(from));
          applyChain(planned, output, place);
          const drawn = BigInt(planned.draws) * BigInt(to.count);
          if (at === undefined) state = advance(place, drawn);
          return place;
        },
        ready: async () => {},
      });
    },
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
    clipNorm,
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
  const plan = measurePlan(given, resolved.count);
  const numbers = Float32Array.from(slice(resolved), storedFormats[given.format].load);
  return measurementOf(plan, reduce(numbers, plan.groups, plan.edges));
}

function clipNorm(range: ReferenceArray | Range<ReferenceArray>, options: ClipNormOptions): void {
  const given = clipNormFields(options);
  const resolved = resolveRange('clipNorm', 'target', range, arrays(given.format));
  const { load, store } = storedFormats[given.format];
  const elements = slice(resolved);
  const numbers = Float32Array.from(elements, load);
  clipNorms(numbers, clipNormGroups(given, resolved.count), given.max);
  for (let i = 0; i < numbers.length; i++) elements[i] = store(numbers[i]!, 'nearest-even');
}

/** Typed arrays that hold elements of a format. */
function arrays(format: Format): BufferTrait<ReferenceArray> {
  const types = arrayTypes[format];
  return {
    noun: `a ${types[0]!.name}`,
    is: (value): value is ReferenceArray => types.some((type) => value instanceof type),
    length: ({ length }) => length,
    check: () => {},
    checkWhole: () => {},
  };
}

/** Typed arrays of any kind, seen as elements of `bytes` bytes. */
function anyArray(bytes: number): BufferTrait<ReferenceArray> {
  const types = Object.values(arrayTypes).flat();
  return {
    noun: 'a typed array',
    is: (value): value is ReferenceArray => types.some((type) => value instanceof type),
    length: ({ byteLength }) => Math.floor(byteLength / bytes),
    check: () => {},
    checkWhole: () => {},
  };
}

const { Float16Array: float16 = [] } = globalThis as { Float16Array?: Uint16ArrayConstructor };

const arrayTypes: Record<Format, { readonly name: string; new (): ReferenceArray }[]> = {
  f32: [Float32Array],
  f16: [Uint16Array].concat(float16),
  bf16: [Uint16Array],
  u8: [Uint8Array, Uint8ClampedArray],
  i8: [Int8Array],
  unorm8: [Uint8Array, Uint8ClampedArray],
  u32: [Uint32Array],
};

/** The range's elements; those of a Float16Array as bits. */
function slice({ buffer, offset, count }: ResolvedRange<ReferenceArray>): ReferenceArray {
  const range = buffer.subarray(offset, offset + count);
  const isFloat16 = range.constructor.name === 'Float16Array';
  return isFloat16 ? new Uint16Array(range.buffer, range.byteOffset, count) : range;
}
