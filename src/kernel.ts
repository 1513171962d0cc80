import { FIRST_VARYING } from './bindings.js';
import { type Draw, isScattered, mixedChannels } from './draws.js';
import { formats } from './format.js';
import { type LinkedWGSL, link, type WGSLFile } from './link.js';
import { kindOf } from './ops/index.js';
import type { Stage } from './plan.js';
import { shaders } from './shaders.js';
import {
  type TextureKernel,
  textureDeclarations,
  textureFiles,
  textureName,
} from './texture/kernel.js';

/** How products are kept apart from their sums: see shaders/lib/barrier. The bits are the same. */
export type Barrier = 'saturate' | 'xor';

/** How 32-bit words are multiplied to 64 bits: see shaders/lib/philox. The bits are the same. */
export type Multiply = 'halves' | 'words' | 'floats';

/** What a kernel reads and writes. */
export interface KernelForm {
  /** Whether the kernel reads from a buffer other than the one it writes. */
  readonly outOfPlace: boolean;
  /** Whether the target is bound as quads of one-word elements: see shaders/lib/target/quads.wgsl. Default false. */
  readonly quads?: boolean;
  /** What it reads and writes where that is not just buffers. */
  readonly textures?: TextureKernel | undefined;
}

/** What tells two kernels of a stage apart. */
export interface KernelChoice extends KernelForm {
  readonly barrier: Barrier;
  /** Default 'halves'. */
  readonly multiply?: Multiply | undefined;
}

const BUFFERS = { entry: 'kernel/chain', files: {} } as const;

/** The kernel of a stage of a chain, linked from `shaders/`. */
export function kernel(stage: Stage, choice: KernelChoice): LinkedWGSL {
  const exact = stage.math === 'exact';
  const chosen: Record<string, string> = {
    barrier: exact ? `lib/barrier/${choice.barrier}` : 'lib/barrier/none',
    multiply: `lib/philox/${choice.multiply ?? 'halves'}`,
    normal: exact ? 'lib/normal/exact' : 'lib/normal/native',
    source: choice.outOfPlace ? 'lib/source/other' : 'lib/source/same',
    source_quad: choice.quads && !choice.outOfPlace ? 'lib/source/quads' : 'lib/source/words',
    target: choice.quads ? 'lib/target/quads' : 'lib/target/buffer',
    format: `format/${stage.format}`,
    rounding:
      stage.rounding === 'truncate' ? 'format/rounding/truncate' : 'format/rounding/nearest',
  };
  const { textures } = choice;
  const { entry, files } = textures ? textureFiles(textures, stage.format) : BUFFERS;
  const own = textures ? [textureDeclarations(textures), calls(stage)] : [calls(stage)];
  const written: Record<string, WGSLFile> = { chain: { path: 'chain', text: own.join('\n') } };
  for (const op of stage.ops) {
    const { shader, wgsl } = kindOf(op);
    if (wgsl) written[`op/${shader(op)}`] = wgsl(op);
  }
  const all: Record<string, string> = { ...chosen, ...files };
  return link(entry, (name) => written[name] ?? shaders.get(all[name] ?? name));
}

/** A name for the kernel of a stage: equal names, equal code. */
export function kernelName(stage: Stage, choice: KernelChoice): string {
  const ops = stage.ops.map((op, index) => {
    const varying = stage.varying.filter((parameter) => parameter.op === index);
    const draws = stage.draws.filter((draw) => draw.op === index);
    const forms = [...varying.map(({ name }) => `~${name}`), ...draws.flatMap(drawForm)];
    return kindOf(op).shader(op) + (forms.length > 0 ? `[${forms.join(', ')}]` : '');
  });
  const settings: (string | number)[] = [stage.format, stage.math, stage.rounds];
  if (formats[stage.format].rounds) settings.push(stage.rounding);
  if (stage.math === 'exact') settings.push(choice.barrier);
  const { multiply = 'halves' } = choice;
  if (stage.draws.length > 0 && multiply !== 'halves') settings.push(multiply);
  if (choice.textures) settings.push(textureName(choice.textures));
  else if (choice.outOfPlace) settings.push('out of place');
  if (choice.quads) settings.push('quads');
  return `${ops.join('+')} (${settings.join(', ')})`;
}

/** How a draw differs from one sample for each element. */
function drawForm(draw: Draw): string[] {
  if (draw.role === 'apply') return [isScattered(draw) ? 'apply along' : 'apply'];
  // Mixed draws take their samples in the same way whether they are shared or not.
  if (draw.mixing) return [`${mixedChannels(draw.mixing)} channels`];
  return isScattered(draw) ? ['share'] : [];
}

/** The chain's own few lines: load, one call per op, the result. */
function calls(stage: Stage): string {
  const imports = new Set(['format', 'lib/params']);
  const lines = stage.fills ? [] : ['  let x0 = format_load(quad);'];
  let x = stage.fills ? [] : ['x0'];
  for (const [index, op] of stage.ops.entries()) {
    const kind = kindOf(op);
    const name = kind.shader(op);
    imports.add(`op/${name}`);
    const inputs = [...x];
    const [noise, apply] = ['noise', 'apply'].map((role) =>
      stage.draws.findIndex((draw) => draw.op === index && draw.role === role),
    ) as [number, number];
    if (noise >= 0) inputs.push(drawCall(stage, noise));
    for (const [i, name] of Object.keys(kind.parameters(op)).entries()) {
      const varying = stage.varying.findIndex((v) => v.op === index && v.name === name);
      const one = `vec4f(params.ops[${index}].${'xyzw'[i]})`;
      inputs.push(varying < 0 ? one : `varying_${varying}(quad)`);
    }
    const next = `${name}_quad(${inputs.join(', ')})`;
    const applied = `select(${x[0]}, ${next}, apply_quad(${apply}u, ${drawCall(stage, apply)}))`;
    lines.push(`  let x${index + 1} = ${apply < 0 ? next : applied};`);
    x = [`x${index + 1}`];
  }
  const type = kindOf(stage.ops[0]!).yields === 'words' ? 'vec4u' : 'vec4f';
  const scattered = stage.draws.filter(isScattered).length;
  const columns = columnsBefore(stage, stage.draws.length);
  if (stage.draws.length > 0) imports.add('lib/draw');
  if (scattered > 0) imports.add('lib/scattered');
  if (columns > 0) imports.add('lib/mixed');
  if (stage.draws.some(({ role }) => role === 'apply')) imports.add('lib/apply');
  const maps = stage.varying.length + scattered;
  if (maps > 0) imports.add('lib/indices');
  return [
    ...[...imports].map((name) => `#import ${name}`),
    `const OPS = ${stage.ops.length}u;`,
    `const DRAWS = ${Math.max(1, stage.draws.length)}u;`,
    `const INDICES = ${Math.max(1, maps)}u;`,
    `const COLUMNS = ${Math.max(1, columns)}u;`,
    ...stage.varying.flatMap((_, i) => varyingParameter(i)),
    `fn chain_quad(quad: u32) -> ${type} {`,
    ...lines,
    `  return ${x[0]};`,
    '}',
  ].join('\n');
}

/** The samples of a draw for a quad. */
function drawCall(stage: Stage, index: number): string {
  const { draws, varying } = stage;
  const draw = draws[index];
  if (!draw) return '';
  if (!isScattered(draw)) return `draw_${draw.of}(${index}u, quad)`;
  const map = varying.length + draws.slice(0, index).filter(isScattered).length;
  if (draw.mixing) {
    const matrix = `${mixedChannels(draw.mixing)}u, ${columnsBefore(stage, index)}u`;
    return `mixed_normal(${index}u, ${matrix}, ${map}u, quad)`;
  }
  return `scattered_${draw.of}(${index}u, indices_quad(${map}u, quad))`;
}

/** Columns of the matrices of the draws before one. */
function columnsBefore({ draws }: Stage, index: number): number {
  const sizes = draws.slice(0, index).map(({ mixing }) => (mixing ? mixedChannels(mixing) : 0));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The buffer of a parameter that varies, and its values for a quad. */
function varyingParameter(i: number): string[] {
  return [
    `@group(0) @binding(${FIRST_VARYING + i}) var<storage, read> values_${i}: array<f32>;`,
    `fn varying_${i}(quad: u32) -> vec4f {`,
    `  let at = indices_quad(${i}u, quad);`,
    `  return vec4f(values_${i}[at.x], values_${i}[at.y], values_${i}[at.z], values_${i}[at.w]);`,
    '}',
  ];
}
