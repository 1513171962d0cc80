import type { Bindings, Bound } from './bindings.js';
import { gpuBuffers, isBuffer } from './buffer.js';
import { show } from './check.js';
import { spreadSamples } from './draws.js';
import { formats } from './format.js';
import type { Indices } from './indices.js';
import type { KernelForm } from './kernel.js';
import { type Elements, indicesOf, type VaryingParameter, valuesOf } from './parameter.js';
import { type Part, paramsBytes } from './params.js';
import { type Piece, pieces } from './pieces.js';
import { workgroupOf } from './pipeline.js';
import { type Plan, parameterName } from './plan.js';
import type { Tables } from './tables.js';
import type { ResolvedTarget } from './target.js';
import { placed, resolveTargets } from './targets.js';
import type { TextureBindings } from './texture/bindings.js';
import { texturePieces } from './texture/pieces.js';
import { hasTexture, resolveTextureTarget, shapeOf } from './texture/target.js';

/** What preparing a job needs of its engine. */
export interface JobHost {
  readonly device: GPUDevice;
  readonly bindings: Bindings;
  readonly textureBindings: TextureBindings;
  readonly tables: Tables;
}

/** What a run does to one target, before it is cut. */
interface Item {
  readonly elements: Elements;
  readonly form: KernelForm;
  /** What is written and what is read: buffers or textures. */
  readonly memory: readonly WeakKey[];
  readonly pieces: readonly Piece[];
  readonly group: (piece: Piece, uniforms: GPUBuffer, varying: Bound['varying']) => GPUBindGroup;
}

/** A piece of a run, and all that its dispatch needs. */
export interface JobPart extends Part {
  readonly form: KernelForm;
  readonly memory: readonly WeakKey[];
  readonly group: (uniforms: GPUBuffer) => GPUBindGroup;
}

/** What a run does, checked and cut into pieces that the device can do, not yet recorded. */
export interface Job {
  readonly parts: readonly JobPart[];
  /** Samples that it draws. */
  readonly drawn: bigint;
}

/**
 * Checks what a chain is asked to do, and cuts it.
 *
 * @throws {TypeError | RangeError} naming the call, the field and the value
 */
export function prepareJob(call: string, plan: Plan, targets: unknown, host: JobHost): Job {
  const items = itemsOf(call, plan, targets, host).filter((item) => item.pieces.length > 0);
  const elements = placed(items.map((item) => item.elements));
  const written = new Set(items.map(({ memory: [target] }) => target!));
  const { samples, drawn } = spreadSamples(call, plan, elements);
  const parts = items.flatMap(({ form, memory, ...item }, index): JobPart[] => {
    const names = plan.varying.map((p) => parameterName(plan, p));
    const varying = plan.varying.map((p, i) => indicesOf(call, names[i]!, p, elements[index]!));
    const numbers = plan.varying.map((p, i) =>
      numbersOf(call, names[i]!, p, varying[i]!, written, host),
    );
    return item.pieces.map((piece) => ({
      ...{ form, memory, piece, varying, samples: samples[index]! },
      group: (uniforms) => item.group(piece, uniforms, numbers),
    }));
  });
  return { parts, drawn };
}

/** The kernels that a chain needs for a target, which may be a list. */
export function formsOf(call: string, plan: Plan, target: unknown, host: JobHost): KernelForm[] {
  const forms = itemsOf(call, plan, target, host).map(({ form }) => form);
  return [false, true].flatMap((wanted) =>
    forms.filter(({ outOfPlace }) => outOfPlace === wanted).slice(0, 1),
  );
}

function itemsOf(call: string, plan: Plan, targets: unknown, host: JobHost): Item[] {
  if (hasTexture(targets)) return [textureItem(call, plan, targets, host)];
  const { bytes } = formats[plan.format];
  const resolved = resolveTargets(call, targets, gpuBuffers(bytes, 'STORAGE'));
  return resolved.map((target) => bufferItem(plan, target, host));
}

function bufferItem(plan: Plan, resolved: ResolvedTarget<GPUBuffer>, host: JobHost): Item {
  const { device, bindings } = host;
  // A chain that fills reads nothing, so it needs no source.
  const { target, source } = plan.fills ? { target: resolved.target } : resolved;
  const { bytes } = formats[plan.format];
  const used = source ? { target, source } : { target };
  return {
    elements: target,
    form: { outOfPlace: source !== undefined },
    memory: source ? [target.buffer, source.buffer] : [target.buffer],
    pieces: pieces(used, bytes, workgroupOf(device), device.limits),
    group: (piece, uniforms, varying) =>
      bindings.group({
        uniforms,
        uniformBytes: paramsBytes(plan),
        target: target.buffer,
        targetBinding: piece.target,
        source: source?.buffer,
        sourceBinding: piece.source,
        varying,
      }),
  };
}

function textureItem(call: string, plan: Plan, given: unknown, host: JobHost): Item {
  const { device, textureBindings } = host;
  const resolved = resolveTextureTarget(call, given, plan, device.features);
  if (!resolved.textures) return bufferItem(plan, resolved, host);
  const { textures, target, source } = resolved;
  const { bytes } = formats[plan.format];
  return {
    elements: { count: target.count, shape: shapeOf(textures.channels, target, source) },
    form: { outOfPlace: source !== undefined, textures },
    memory: source ? [target.buffer, source.buffer] : [target.buffer],
    pieces: texturePieces(resolved, bytes, workgroupOf(device), device.limits),
    group: (piece, uniforms, varying) =>
      textureBindings.group(resolved, piece, { uniforms, bytes: paramsBytes(plan), varying }),
  };
}

/** The buffer of a parameter's numbers, which a kernel must be able to read beside what is written. */
function numbersOf(
  call: string,
  name: string,
  parameter: VaryingParameter,
  { count }: Indices,
  written: ReadonlySet<WeakKey>,
  { device, tables }: JobHost,
) {
  const values = valuesOf(parameter);
  const buffer = Array.isArray(values) ? tables.of(values) : values;
  if (!isBuffer(buffer)) {
    throw new TypeError(`${call}: ${name} must be in a GPUBuffer, got ${show(buffer)}`);
  }
  gpuBuffers(4, 'STORAGE').check(call, name, buffer);
  if (written.has(buffer)) {
    throw new TypeError(`${call}: ${name} must not be in a target's buffer, got the same`);
  }
  const size = 4 * count;
  const { maxStorageBufferBindingSize: limit } = device.limits;
  if (size <= limit) return { buffer, size };
  throw new RangeError(`${call}: ${name} must be at most ${limit} bytes, got ${size}`);
}
