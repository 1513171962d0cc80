import { formats } from './format.js';
import { type LinkedWGSL, link, type WGSLFile } from './link.js';
import { kindOf } from './ops/index.js';
import type { Plan } from './plan.js';
import { shaders } from './shaders.js';
import {
  type TextureKernel,
  textureDeclarations,
  textureFiles,
  textureName,
} from './texture/kernel.js';

/** How products are kept apart from their sums: see shaders/lib/barrier. The bits are the same. */
export type Barrier = 'saturate' | 'xor';

/** What tells two kernels apart; parameter values do not. */
export interface KernelChoice {
  readonly barrier: Barrier;
  /** Whether the kernel reads from a buffer other than the one it writes. */
  readonly outOfPlace: boolean;
  /** What it reads and writes where that is not just buffers. */
  readonly textures?: TextureKernel | undefined;
}

const BUFFERS = { entry: 'kernel/chain', files: {} } as const;

/** The kernel of a whole chain, linked from `shaders/`. */
export function kernel(plan: Plan, choice: KernelChoice): LinkedWGSL {
  const exact = plan.math === 'exact';
  const chosen: Record<string, string> = {
    barrier: exact ? `lib/barrier/${choice.barrier}` : 'lib/barrier/none',
    normal: exact ? 'lib/normal/exact' : 'lib/normal/native',
    source: choice.outOfPlace ? 'lib/source/other' : 'lib/source/same',
    target: 'lib/target/buffer',
    format: `format/${plan.format}`,
    rounding: plan.rounding === 'truncate' ? 'format/rounding/truncate' : 'format/rounding/nearest',
  };
  const { textures } = choice;
  const { entry, files } = textures ? textureFiles(textures, plan.format) : BUFFERS;
  const own = textures ? [textureDeclarations(textures), calls(plan)] : [calls(plan)];
  const written: Record<string, WGSLFile> = { chain: { path: 'chain', text: own.join('\n') } };
  const all: Record<string, string> = { ...chosen, ...files };
  return link(entry, (name) => written[name] ?? shaders.get(all[name] ?? name));
}

/** A name for the kernel of a plan: equal names, equal code. */
export function kernelName(plan: Plan, choice: KernelChoice): string {
  const ops = plan.ops.map((op) => kindOf(op).shader(op)).join('+');
  const settings: (string | number)[] = [plan.format, plan.math, plan.rounds];
  if (formats[plan.format].rounds) settings.push(plan.rounding);
  if (plan.math === 'exact') settings.push(choice.barrier);
  if (choice.textures) settings.push(textureName(choice.textures));
  else if (choice.outOfPlace) settings.push('out of place');
  return `${ops} (${settings.join(', ')})`;
}

/** The chain's own few lines: load, one call per op, the result. */
function calls(plan: Plan): string {
  const imports = new Set(['format', 'lib/params']);
  const lines = plan.fills ? [] : ['  let x0 = format_load(quad);'];
  let x = plan.fills ? [] : ['x0'];
  for (const [index, op] of plan.ops.entries()) {
    const kind = kindOf(op);
    const name = kind.shader(op);
    imports.add(`op/${name}`);
    const inputs = [...x];
    if (kind.draws !== 'nothing') {
      imports.add('lib/draw');
      inputs.push(`draw_${kind.draws}(${index}u, quad)`);
    }
    for (const lane of ['x', 'y', 'z', 'w'].slice(0, kind.values(op).length)) {
      inputs.push(`vec4f(params.ops[${index}].values.${lane})`);
    }
    lines.push(`  let x${index + 1} = ${name}_quad(${inputs.join(', ')});`);
    x = [`x${index + 1}`];
  }
  const type = kindOf(plan.ops[0]!).yields === 'words' ? 'vec4u' : 'vec4f';
  return [
    ...[...imports].map((name) => `#import ${name}`),
    `const OPS = ${plan.ops.length}u;`,
    `fn chain_quad(quad: u32) -> ${type} {`,
    ...lines,
    `  return ${x[0]};`,
    '}',
  ].join('\n');
}
