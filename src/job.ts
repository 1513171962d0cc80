import type { Numbers } from './bindings.js';
import { gpuBuffers } from './buffer.js';
import { bufferGroup } from './bufferBindings.js';
import type { Dispatch } from './dispatch.js';
import { spreadSamples } from './draws.js';
import { formats, isWord } from './format.js';
import type { KernelForm } from './kernel.js';
import type { Elements } from './parameter.js';
import { packParams, paramsBytes, placeParams } from './params.js';
import { type Piece, pieces } from './pieces.js';
import type { Pipeline } from './pipeline.js';
import type { Plan, Stage } from './plan.js';
import { type PassHost, passPipeline } from './reduce/pass.js';
import { measuredGroups, passesOf, statisticDispatches } from './reduce/statistic.js';
import { stagePipelines, workgroupOf } from './stagePipeline.js';
import type { ResolvedRange, ResolvedTarget } from './target.js';
import { placed, resolveTargets } from './targets.js';
import { textureGroup } from './texture/bindings.js';
import { texturePieces } from './texture/pieces.js';
import { hasTexture, type ResolvedTextureTarget, resolveTextureTarget } from './texture/target.js';
import { hasNumbers, type VaryingHost, varyingOf, varyingOfPiece } from './varying.js';

/** What preparing a job needs of its engine. */
export type JobHost = PassHost & VaryingHost;

/** What a run does, checked and cut into dispatches that the device can do, not yet recorded. */
export interface Job {
  readonly dispatches: readonly Dispatch[];
  /** Samples that it draws. */
  readonly drawn: bigint;
}

/** What a stage does to one target, before it is cut. */
interface Item {
  readonly elements: Elements;
  /** What it reads, where that is a buffer. */
  readonly reads?: ResolvedRange<GPUBuffer> | undefined;
  readonly form: KernelForm;
  /** What is written and what is read: buffers or textures. */
  readonly memory: readonly WeakKey[];
  readonly pieces: readonly Piece[];
  readonly group: (piece: Piece, uniforms: Numbers, varying: readonly Numbers[]) => GPUBindGroup;
}

/**
 * Checks what a chain is asked to do, and cuts it.
 *
 * @throws {TypeError | RangeError} naming the call, the field and the value
 */
export function prepareJob(call: string, plan: Plan, targets: unknown, host: JobHost): Job {
  let drawn = 0n;
  const dispatches = itemsOf(call, plan, targets, host).flatMap((items, index) => {
    const done = stageDispatches(call, plan.stages[index]!, items, drawn, host);
    drawn = done.drawn;
    return done.dispatches;
  });
  return { dispatches, drawn };
}

/** The pipelines that a chain needs for a target, or for a buffer in or out of place. */
export function pipelinesFor(
  call: string,
  plan: Plan,
  wanted: { readonly target?: unknown; readonly outOfPlace: boolean },
  host: JobHost,
): Pipeline[] {
  const { target, outOfPlace } = wanted;
  // Most buffers end with a quad, some within one.
  const usual = (stage: Stage, index: number): KernelForm[] =>
    (isWord(stage.format) ? [true, false] : [false]).map((quads) => ({
      outOfPlace: outOfPlace && index === 0,
      quads,
    }));
  const items = target === undefined ? undefined : itemsOf(call, plan, target, host);
  return plan.stages.flatMap((stage, index) => {
    const wantedForms = items ? items[index]!.flatMap(formsOf) : usual(stage, index);
    const passes = stage.statistic ? Object.values(passesOf(stage.statistic)).flat() : [];
    const kinds = stage.statistic?.axes ? [true, false] : [true];
    return [
      ...passes.flatMap((pass) =>
        kinds.map((kind) => passPipeline(host, pass, stage.format, kind)),
      ),
      ...wantedForms.flatMap((form) => Object.values(stagePipelines(host, stage, form))),
    ];
  });
}

/** The forms of the kernels that an item's pieces take. */
const formsOf = ({ form, pieces }: Item): KernelForm[] =>
  [...new Set(pieces.map(({ quads }) => quads))].map((quads) => ({ ...form, quads }));

/** The targets of each stage. All but the first go on in place with what the one before it has left. */
function itemsOf(call: string, plan: Plan, targets: unknown, host: JobHost): Item[][] {
  const [first, ...rest] = plan.stages;
  const kept = (items: Item[]) => items.filter(({ pieces }) => pieces.length > 0);
  if (hasTexture(targets)) {
    const measuring = plan.stages.find(({ statistic }) => statistic);
    if (measuring) {
      throw new TypeError(
        `${call}: target must be a buffer where ${measuring.ops[0]!.op} measures it, got a texture`,
      );
    }
    return [kept([textureItem(call, first!, targets, host)])];
  }
  const { bytes } = formats[plan.format];
  const resolved = resolveTargets(call, targets, gpuBuffers(bytes, 'STORAGE'), !first!.fills);
  const written = resolved.map(({ target }) => ({ target }));
  return [
    kept(resolved.map((target) => bufferItem(first!, target, host))),
    ...rest.map((stage) => kept(written.map((target) => bufferItem(stage, target, host)))),
  ];
}

/** What a stage does to its targets: it first finds what it needs to know of them. */
function stageDispatches(
  call: string,
  stage: Stage,
  items: readonly Item[],
  before: bigint,
  host: JobHost,
): Job {
  const elements = placed(items.map((item) => item.elements));
  const written = new Set(items.map(({ memory: [target] }) => target!));
  const { samples, drawn } = spreadSamples(call, stage, elements, before);
  const { statistic } = stage;
  const name = `${stage.ops[0]!.op}.axis`;
  const found = statistic && measuredGroups(call, name, statistic, elements);
  const ranges = items.flatMap(({ reads }) => reads ?? []);
  const passes = found ? statisticDispatches(host, stage.format, statistic, ranges, found) : [];
  const dispatches = items.flatMap((item, index): Dispatch[] => {
    const varying = varyingOf(call, stage, elements[index]!, found?.measured[index], written, host);
    const uniformBytes = paramsBytes(stage);
    return item.pieces.map((piece) => {
      const own = varying.map((each) => varyingOfPiece(each, piece));
      const numbers = own.map((each) => each.numbers);
      const part = { piece, varying: own.map((each) => each.indices), samples: samples[index]! };
      return {
        ...stagePipelines(host, stage, { ...item.form, quads: piece.quads }),
        workgroups: piece.workgroups,
        uniformBytes,
        pack: (into, start) => packParams(stage, part, into, start),
        ...(stage.draws.length > 0 && { place: placeParams(stage, part) }),
        memory: item.memory,
        group: (buffer) => item.group(piece, { buffer, size: uniformBytes }, numbers),
      };
    });
  });
  return { dispatches: [...passes, ...dispatches], drawn };
}

function bufferItem(stage: Stage, resolved: ResolvedTarget<GPUBuffer>, host: JobHost): Item {
  const { device, bindings } = host;
  const { target, source } = resolved;
  const { bytes } = formats[stage.format];
  return {
    elements: target,
    reads: source ?? target,
    form: { outOfPlace: source !== undefined },
    memory: source ? [target.buffer, source.buffer] : [target.buffer],
    pieces: pieces(resolved, bytes, workgroupOf(device), device.limits, hasNumbers(stage)),
    group: (piece, uniforms, varying) =>
      bufferGroup(device, bindings, resolved, piece, uniforms, varying),
  };
}

function textureItem(call: string, stage: Stage, given: unknown, host: JobHost): Item {
  const { device, bindings } = host;
  const resolved = resolveTextureTarget(call, given, stage, device.features);
  if (!isTextured(resolved)) return bufferItem(stage, resolved, host);
  const { textures, target, source, shape } = resolved;
  const { bytes } = formats[stage.format];
  return {
    elements: { count: target.count, shape },
    form: { outOfPlace: source !== undefined, textures },
    memory: source ? [target.buffer, source.buffer] : [target.buffer],
    pieces: texturePieces(resolved, bytes, workgroupOf(device), device.limits, hasNumbers(stage)),
    group: (piece, uniforms, varying) =>
      textureGroup(device, bindings, resolved, piece, uniforms, varying),
  };
}

const isTextured = (
  target: ReturnType<typeof resolveTextureTarget>,
): target is ResolvedTextureTarget => target.textures !== undefined;
